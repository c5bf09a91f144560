"use client";

import { WorkspacesPage } from "../settings/named-pages.tsx";
import { withIdentity } from "../with-identity.tsx";

export default withIdentity(WorkspacesPage);
