"use client";

import { type ComponentType, Suspense } from "react";
import { ArtifactsApiProvider } from "./artifacts/artifacts-api.ts";
import { RegistryApiProvider } from "./registry-api.ts";
import { TrackingApiProvider } from "./tracking-api.ts";

/** A page with the APIs of its slice above it; pages of a zone are one line each, so it happens here. */
export function withApis(Page: ComponentType): ComponentType {
  function PageWithApis() {
    return (
      <TrackingApiProvider>
        <ArtifactsApiProvider>
          <RegistryApiProvider>
            <Suspense>
              <Page />
            </Suspense>
          </RegistryApiProvider>
        </ArtifactsApiProvider>
      </TrackingApiProvider>
    );
  }
  PageWithApis.displayName = `withApis(${Page.displayName ?? Page.name})`;
  return PageWithApis;
}
