import type { Artifacts } from "@runweir/artifacts-domain";
import { parseArtifactPath } from "@runweir/artifacts-domain";
import { DomainError } from "@runweir/errors";
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

/** Downloads by owner. MLflow serves the first and last at the top level, without any prefix. */
export function downloadRoutes(scope: FastifyInstance, artifacts: Artifacts, prefix: string): void {
  const get = (url: string, handler: RouteHandlerMethod) =>
    scope.route({
      method: ["GET", "HEAD"],
      url,
      exposeHeadRoute: false,
      config: { permission: "artifact.read" },
      handler,
    });
  get(`${prefix}/get-artifact`, async (request, reply) => {
    const input = ofRun.fromQuery(queryOf(request));
    return sendAttachment(request, reply, artifacts, { kind: "run", runId: input.runId }, input.path);
  });
  // One of MLflow's own tests, and whoever joins addresses without care, doubles the slash.
  for (const url of prefix === "" ? ["/model-versions/get-artifact", "//model-versions/get-artifact"] : []) {
    get(url, async (request) => {
      const { name, path } = ofVersion.fromQuery(queryOf(request));
      parseArtifactPath(path);
      throw new DomainError("not_found", `Registered Model with name=${name} not found`, { field: "name" });
    });
  }
  if (prefix === "") return;
  get(`${prefix}/logged-models/:modelId/artifacts/files`, async (request, reply) => {
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

function queryOf(request: FastifyRequest): Readonly<Record<string, unknown>> {
  return request.query as Readonly<Record<string, unknown>>;
}
