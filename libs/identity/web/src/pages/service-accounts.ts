"use client";

import { ServiceAccountsPage } from "../settings/named-pages.tsx";
import { withIdentity } from "../with-identity.tsx";

export default withIdentity(ServiceAccountsPage);
