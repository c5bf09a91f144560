"use client";

import { ExperimentPage } from "../experiment/experiment-page.tsx";
import { withApis } from "../with-apis.tsx";

export default withApis(ExperimentPage);
