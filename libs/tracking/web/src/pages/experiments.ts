"use client";

import { ExperimentsPage } from "../experiments/experiments-page.tsx";
import { withApis } from "../with-apis.tsx";

export default withApis(ExperimentsPage);
