"use client";

import { RequestPage } from "../request/request-page.tsx";
import { withApi } from "../with-api.tsx";

export default withApi(RequestPage);
