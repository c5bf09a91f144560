"use client";

import { ComparePage } from "../compare/compare-page.tsx";
import { withApis } from "../with-apis.tsx";

export default withApis(ComparePage);
