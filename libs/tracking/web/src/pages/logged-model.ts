"use client";

import { LoggedModelPage } from "../model/logged-model-page.tsx";
import { withApis } from "../with-apis.tsx";

export default withApis(LoggedModelPage);
