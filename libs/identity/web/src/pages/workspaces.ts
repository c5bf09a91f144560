"use client";

import { WorkspacesPage } from "../settings/workspaces-page.tsx";
import { withIdentity } from "../with-identity.tsx";

export default withIdentity(WorkspacesPage);
