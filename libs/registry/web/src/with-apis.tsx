"use client";

import { ArtifactsApiProvider, TrackingApiProvider } from "@runweir/tracking-web";
import { type ComponentType, Suspense } from "react";
import { IdentityApiProvider } from "./identity-api.ts";
import { RegistryApiProvider } from "./registry-api.ts";
import { ReviewApiProvider } from "./review-api.ts";
import { WebhooksApiProvider } from "./webhooks-api.ts";

/** A page with the APIs of its slices above it; pages of a zone are one line each, so it happens here. */
export function withApis(Page: ComponentType): ComponentType {
  function PageWithApis() {
    return (
      <RegistryApiProvider>
        <TrackingApiProvider>
          <ArtifactsApiProvider>
            <ReviewApiProvider>
              <IdentityApiProvider>
                <WebhooksApiProvider>
                  <Suspense>
                    <Page />
                  </Suspense>
                </WebhooksApiProvider>
              </IdentityApiProvider>
            </ReviewApiProvider>
          </ArtifactsApiProvider>
        </TrackingApiProvider>
      </RegistryApiProvider>
    );
  }
  PageWithApis.displayName = `withApis(${Page.displayName ?? Page.name})`;
  return PageWithApis;
}
