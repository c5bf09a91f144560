"use client";

import { GrantsPage } from "../settings/grants-page.tsx";
import { withIdentity } from "../with-identity.tsx";

export default withIdentity(GrantsPage);
