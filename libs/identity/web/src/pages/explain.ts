"use client";

import { ExplainPage } from "../settings/explain-page.tsx";
import { withIdentity } from "../with-identity.tsx";

export default withIdentity(ExplainPage);
