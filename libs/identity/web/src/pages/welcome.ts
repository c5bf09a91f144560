"use client";

import { WelcomePage } from "../sign-in/link-pages.tsx";
import { withIdentity } from "../with-identity.tsx";

export default withIdentity(WelcomePage);
