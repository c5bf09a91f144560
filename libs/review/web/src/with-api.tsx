"use client";

import { type ComponentType, Suspense } from "react";
import { ReviewApiProvider } from "./review-api.ts";

/** A page with the API of its slice above it; pages of a zone are one line each, so it happens here. */
export function withApi(Page: ComponentType): ComponentType {
  function PageWithApi() {
    return (
      <ReviewApiProvider>
        <Suspense>
          <Page />
        </Suspense>
      </ReviewApiProvider>
    );
  }
  PageWithApi.displayName = `withApi(${Page.displayName ?? Page.name})`;
  return PageWithApi;
}
