"use client";

import { ModelPage } from "../model/model-page.tsx";
import { withApis } from "../with-apis.tsx";

export default withApis(ModelPage);
