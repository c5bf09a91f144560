"use client";

import { GroupsPage } from "../settings/named-pages.tsx";
import { withIdentity } from "../with-identity.tsx";

export default withIdentity(GroupsPage);
