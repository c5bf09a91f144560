"use client";

import { WebhooksPage } from "../webhooks-page.tsx";
import { withWebhooks } from "../with-webhooks.tsx";

export default withWebhooks(WebhooksPage);
