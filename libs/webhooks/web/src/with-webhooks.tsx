"use client";

import { type ComponentType, Suspense } from "react";
import { WebhooksApiProvider } from "./webhooks-api.ts";

/** A page with the API of its slice above it; pages of a zone are one line each, so it happens here. */
export function withWebhooks(Page: ComponentType): ComponentType {
  function PageWithWebhooks() {
    return (
      <WebhooksApiProvider>
        <Suspense>
          <Page />
        </Suspense>
      </WebhooksApiProvider>
    );
  }
  PageWithWebhooks.displayName = `withWebhooks(${Page.displayName ?? Page.name})`;
  return PageWithWebhooks;
}
