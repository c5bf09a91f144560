"use client";

import { type ComponentType, Suspense } from "react";
import { IdentityApiProvider } from "./identity-api.ts";

/** A page with the API of its slice above it; pages of a zone are one line each, so it happens here. */
export function withIdentity(Page: ComponentType): ComponentType {
  function PageWithIdentity() {
    return (
      <IdentityApiProvider>
        <Suspense>
          <Page />
        </Suspense>
      </IdentityApiProvider>
    );
  }
  PageWithIdentity.displayName = `withIdentity(${Page.displayName ?? Page.name})`;
  return PageWithIdentity;
}
