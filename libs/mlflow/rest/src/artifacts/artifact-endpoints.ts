import type { Artifacts } from "@runweir/artifacts-domain";
import type { Registry } from "@runweir/registry-domain";
import type { Tracking } from "@runweir/tracking-domain";
import type { FastifyPluginAsync } from "fastify";
import { mountEndpoints, readJsonBodies } from "../endpoint.ts";
import { downloadRoutes, versionDownloadRoute } from "./download-routes.ts";
import { listingEndpoints, proxiedListing } from "./listing-endpoints.ts";
import { multipartEndpoints, partRoute } from "./multipart-endpoints.ts";
import { presignedEndpoints, proxiedPresigned } from "./presigned-endpoints.ts";
import { proxiedRoutes } from "./proxied-routes.ts";
import { streamBodies } from "./stream-bodies.ts";
import { uploadArtifactRoute } from "./upload-artifact-route.ts";

/** Every path exists twice: for clients, and for MLflow's own pages. */
const roots = ["/api/2.0", "/ajax-api/2.0"] as const;

/** Everything of MLflow's protocol that concerns files. Errors are thrown; the door around this plugin words them. */
export function artifactEndpoints(services: {
  readonly tracking: Pick<Tracking, "getRunInfo" | "getLoggedModel">;
  readonly artifacts: Artifacts;
  readonly registry: Pick<Registry, "getDownloadUri">;
}): FastifyPluginAsync {
  const { artifacts, tracking, registry } = services;
  return async (door) => {
    await door.register(async (json) => {
      readJsonBodies(json);
      for (const root of roots) {
        mountEndpoints(json, `${root}/mlflow`, [
          ...listingEndpoints(artifacts),
          ...presignedEndpoints(tracking),
        ]);
        mountEndpoints(json, `${root}/mlflow-artifacts`, [
          proxiedListing(artifacts),
          proxiedPresigned(),
          ...multipartEndpoints(artifacts, `${root}/mlflow-artifacts`),
        ]);
      }
    });
    await door.register(async (bytes) => {
      streamBodies(bytes);
      for (const root of roots) {
        proxiedRoutes(bytes, artifacts, `${root}/mlflow-artifacts`);
        partRoute(bytes, artifacts, `${root}/mlflow-artifacts`);
        uploadArtifactRoute(bytes, artifacts, `${root}/mlflow`);
        downloadRoutes(bytes, artifacts, `${root}/mlflow`);
      }
      downloadRoutes(bytes, artifacts, "");
      versionDownloadRoute(bytes, artifacts, registry);
    });
  };
}
