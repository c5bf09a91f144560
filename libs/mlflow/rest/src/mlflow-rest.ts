import type { Artifacts } from "@runweir/artifacts-domain";
import type { Registry } from "@runweir/registry-domain";
import type { Reviews } from "@runweir/review-domain";
import type { Tracking } from "@runweir/tracking-domain";
import type { Webhooks } from "@runweir/webhooks-domain";
import type { FastifyPluginAsync } from "fastify";
import { artifactEndpoints } from "./artifacts/artifact-endpoints.ts";
import { datasetEndpoints } from "./dataset-endpoints.ts";
import { mountEndpoints, readJsonBodies } from "./endpoint.ts";
import { answerError, answerUnknownEndpoint } from "./error.ts";
import { experimentEndpoints } from "./experiment-endpoints.ts";
import { objectGrants } from "./identity/object-grants.ts";
import { permissionEndpoints } from "./identity/permission-endpoints.ts";
import { roleEndpoints } from "./identity/roles/role-endpoints.ts";
import { type PeopleServices, userEndpoints } from "./identity/user-endpoints.ts";
import { userPermissionEndpoints } from "./identity/user-permission-endpoints.ts";
import { workspaceEndpoints } from "./identity/workspace-endpoints.ts";
import { loggedModelEndpoints } from "./logged-model-endpoints.ts";
import { metricHistoryEndpoints } from "./metric-history-endpoints.ts";
import { aliasEndpoints } from "./registry/alias-endpoints.ts";
import { modelVersionEndpoints } from "./registry/model-version-endpoints.ts";
import { registeredModelEndpoints } from "./registry/registered-model-endpoints.ts";
import { activityEndpoints } from "./review/activity-endpoints.ts";
import { commentEndpoints } from "./review/comment-endpoints.ts";
import { databricksModelEndpoints } from "./review/databricks-model-endpoints.ts";
import { modelPermissionEndpoints } from "./review/model-permission-endpoints.ts";
import { transitionRequestEndpoints } from "./review/transition-request-endpoints.ts";
import { runEndpoints } from "./run-endpoints.ts";
import { runLogEndpoints } from "./run-log-endpoints.ts";
import { serverInfoEndpoints } from "./server-info-endpoints.ts";
import { registryWebhookEndpoints } from "./webhooks/registry-webhook-endpoints.ts";
import { webhookEndpoints } from "./webhooks/webhook-endpoints.ts";

export interface MlflowRestOptions {
  readonly tracking: Tracking;
  readonly artifacts: Artifacts;
  readonly registry: Registry;
  readonly reviews: Reviews;
  readonly webhooks: Webhooks;
  readonly people: PeopleServices;
  /** What `/version` answers. Clients read it as MLflow's version and decide by it what they may ask for. */
  readonly version: string;
}

/** Every path exists twice: for clients, and for MLflow's own pages. */
const roots = ["/api", "/ajax-api"] as const;

/** MLflow's REST protocol over the services: register it on a server of `createHttpServer`. */
export function mlflowRest({
  tracking,
  artifacts,
  registry,
  reviews,
  webhooks,
  people,
  version,
}: MlflowRestOptions): FastifyPluginAsync {
  const grants = objectGrants(people.directory.grants, people.users);
  const endpoints = [
    ...experimentEndpoints(tracking),
    ...runEndpoints(tracking),
    ...runLogEndpoints(tracking),
    ...metricHistoryEndpoints(tracking),
    ...datasetEndpoints(tracking),
    ...loggedModelEndpoints(tracking),
    ...registeredModelEndpoints(registry),
    ...aliasEndpoints(registry),
    ...modelVersionEndpoints(registry),
    ...webhookEndpoints(webhooks),
    ...registryWebhookEndpoints(webhooks, registry),
    ...userEndpoints(people),
    ...permissionEndpoints(grants),
    ...transitionRequestEndpoints(reviews),
    ...commentEndpoints(reviews),
    ...activityEndpoints(reviews, registry),
    ...databricksModelEndpoints(registry),
  ];
  const databricks = modelPermissionEndpoints({ directory: people.directory, registry });
  const newer = [
    ...serverInfoEndpoints(),
    ...userPermissionEndpoints(grants, people),
    ...workspaceEndpoints(people.directory),
    ...roleEndpoints(people),
  ];
  return async (door) => {
    door.setErrorHandler<Error>(answerError);
    await door.register(async (scope) => {
      readJsonBodies(scope);
      for (const root of roots) {
        mountEndpoints(scope, `${root}/2.0/mlflow`, endpoints);
        mountEndpoints(scope, `${root}/3.0/mlflow`, newer);
      }
      mountEndpoints(scope, "/api/2.0", databricks);
    });
    await door.register(artifactEndpoints({ tracking, artifacts, registry }));
    door.get("/version", { config: { permission: "public" } }, (_request, reply) =>
      reply.type("text/plain; charset=utf-8").send(version),
    );
    for (const prefix of roots) {
      await door.register(async (unknown) => unknown.setNotFoundHandler(answerUnknownEndpoint), { prefix });
    }
  };
}
