"use client";

import { ServiceAccountsPage } from "../settings/service-accounts-page.tsx";
import { withIdentity } from "../with-identity.tsx";

export default withIdentity(ServiceAccountsPage);
