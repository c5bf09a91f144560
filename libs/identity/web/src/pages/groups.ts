"use client";

import { GroupsPage } from "../settings/groups-page.tsx";
import { withIdentity } from "../with-identity.tsx";

export default withIdentity(GroupsPage);
