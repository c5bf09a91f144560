"use client";

import { ModelsPage } from "../models/models-page.tsx";
import { withApis } from "../with-apis.tsx";

export default withApis(ModelsPage);
