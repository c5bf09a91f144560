"use client";

import { SignInPage } from "../sign-in/sign-in-page.tsx";
import { withIdentity } from "../with-identity.tsx";

export default withIdentity(SignInPage);
