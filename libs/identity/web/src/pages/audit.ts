"use client";

import { AuditPage } from "../audit/audit-page.tsx";
import { withIdentity } from "../with-identity.tsx";

export default withIdentity(AuditPage);
