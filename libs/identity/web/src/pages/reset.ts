"use client";

import { ResetPage } from "../sign-in/link-pages.tsx";
import { withIdentity } from "../with-identity.tsx";

export default withIdentity(ResetPage);
