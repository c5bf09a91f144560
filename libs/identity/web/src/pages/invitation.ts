"use client";

import { InvitationPage } from "../sign-in/link-pages.tsx";
import { withIdentity } from "../with-identity.tsx";

export default withIdentity(InvitationPage);
