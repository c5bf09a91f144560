"use client";

import { MembersPage } from "../settings/members-page.tsx";
import { withIdentity } from "../with-identity.tsx";

export default withIdentity(MembersPage);
