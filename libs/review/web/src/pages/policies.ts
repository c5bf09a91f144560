"use client";

import { PoliciesPage } from "../policies/policies-page.tsx";
import { withApi } from "../with-api.tsx";

export default withApi(PoliciesPage);
