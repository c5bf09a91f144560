"use client";

import { OpenPage } from "../open/open-page.tsx";
import { withApi } from "../with-api.tsx";

export default withApi(OpenPage);
