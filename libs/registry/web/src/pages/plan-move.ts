"use client";

import { PlanPage } from "../moves/plan-page.tsx";
import { withApis } from "../with-apis.tsx";

export default withApis(PlanPage);
