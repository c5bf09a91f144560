"use client";

import { GroupPage } from "../settings/group-page.tsx";
import { withIdentity } from "../with-identity.tsx";

export default withIdentity(GroupPage);
