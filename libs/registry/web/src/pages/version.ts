"use client";

import { VersionPage } from "../version/version-page.tsx";
import { withApis } from "../with-apis.tsx";

export default withApis(VersionPage);
