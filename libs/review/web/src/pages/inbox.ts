"use client";

import { InboxPage } from "../inbox/inbox-page.tsx";
import { withApi } from "../with-api.tsx";

export default withApi(InboxPage);
