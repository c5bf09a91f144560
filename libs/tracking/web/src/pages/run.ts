"use client";

import { RunPage } from "../run/run-page.tsx";
import { withApis } from "../with-apis.tsx";

export default withApis(RunPage);
