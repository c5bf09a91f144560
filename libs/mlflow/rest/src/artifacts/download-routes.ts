import type { Artifacts } from "@runweir/artifacts-domain";
import { parseArtifactPath } from "@runweir/artifacts-domain";
import { DomainError } from "@runweir/errors";
import type { Registry } from "@runweir/registry-domain";
import type { FastifyInstance, FastifyRequest, RouteHandlerMethod } from "fastify";
import { runId } from "../run-endpoints.ts";
import { readText, readTextOrNothing } from "../wire/field-values.ts";
import { message, optional, required } from "../wire/message.ts";
import { sendAttachment } from "./proxied-routes.ts";

const ofRun = message({ runId, path: required(readText) });
const ofModel = message({ artifactFilePath: optional(readTextOrNothing) });
const ofVersion = message({
  name: required(readText),
  version: required(readText),
  path: required(readText),
});

/** Downloads by owner. MLflow serves those of runs at the top level as well, without any prefix. */
export function downloadRoutes(scope: FastifyInstance, artifacts: Artifacts, prefix: string): void {
  get(scope, `${prefix}/get-artifact`, async (request, reply) => {
    const input = ofRun.fromQuery(queryOf(request));
    return sendAttachment(request, reply, artifacts, { kind: "run", runId: input.runId }, input.path);
  });
  if (prefix === "") return;
  get(scope, `${prefix}/logged-models/:modelId/artifacts/files`, async (request, reply) => {
    const { artifactFilePath } = ofModel.fromQuery(queryOf(request));
    if (artifactFilePath === undefined) {
      throw new DomainError(
        "invalid_argument",
        'Request must include the "artifact_file_path" query parameter.',
        { field: "artifact_file_path" },
      );
    }
    const { modelId } = request.params as { readonly modelId: string };
    return sendAttachment(request, reply, artifacts, { kind: "model", modelId }, artifactFilePath);
  });
}

/** Files of a model version, from wherever it was made. MLflow serves them at the top level only. */
export function versionDownloadRoute(
  scope: FastifyInstance,
  artifacts: Artifacts,
  registry: Pick<Registry, "getDownloadUri">,
): void {
  // One of MLflow's own tests, and whoever joins addresses without care, doubles the slash.
  for (const url of ["/model-versions/get-artifact", "//model-versions/get-artifact"]) {
    get(scope, url, async (request, reply) => {
      const { name, version, path } = ofVersion.fromQuery(queryOf(request));
      parseArtifactPath(path);
      const uri = await registry.getDownloadUri(request.caller, name, version);
      return sendAttachment(request, reply, artifacts, { kind: "location", uri }, path);
    });
  }
}

function get(scope: FastifyInstance, url: string, handler: RouteHandlerMethod): void {
  scope.route({
    method: ["GET", "HEAD"],
    url,
    exposeHeadRoute: false,
    config: { permission: "artifact.read" },
    handler,
  });
}

function queryOf(request: FastifyRequest): Readonly<Record<string, unknown>> {
  return request.query as Readonly<Record<string, unknown>>;
}
