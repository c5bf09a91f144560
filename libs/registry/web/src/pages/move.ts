"use client";

import { MovePage } from "../moves/move-page.tsx";
import { withApis } from "../with-apis.tsx";

export default withApis(MovePage);
