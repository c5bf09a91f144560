import type { ArtifactOwner } from "@runweir/artifacts-domain";
import { type Artifacts, contentTypeOf } from "@runweir/artifacts-domain";
import { attachment, sendFile } from "@runweir/file-response";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import "@runweir/http";
import { bodyOf } from "./stream-bodies.ts";

const tree = { kind: "tree" } as const;

/** Files of the tree that `mlflow-artifacts:` locations lie in: read, written and deleted by their path. */
export function proxiedRoutes(scope: FastifyInstance, artifacts: Artifacts, prefix: string): void {
  const url = `${prefix}/artifacts/*`;
  scope.route({
    method: ["GET", "HEAD"],
    url,
    exposeHeadRoute: false,
    config: { permission: "artifact.read" },
    handler: (request, reply) => sendAttachment(request, reply, artifacts, tree, pathOf(request)),
  });
  scope.put(url, { config: { permission: "artifact.write" } }, async (request, reply) => {
    await artifacts.put(request.caller, tree, pathOf(request), bodyOf(request));
    return reply.send({});
  });
  scope.delete(url, { config: { permission: "artifact.delete" } }, async (request, reply) => {
    await artifacts.delete(request.caller, tree, pathOf(request));
    return reply.send({});
  });
}

/** What the `*` of a route stands for, percent-decoded once. */
export function pathOf(request: FastifyRequest): string {
  return (request.params as { readonly "*": string })["*"];
}

/** Always as an attachment, so that no file of a run is ever shown as a page of this server. */
export async function sendAttachment(
  request: FastifyRequest,
  reply: FastifyReply,
  artifacts: Artifacts,
  owner: ArtifactOwner,
  path: string,
): Promise<FastifyReply> {
  const { name, file } = await artifacts.open(request.caller, owner, path);
  const type = contentTypeOf(name);
  return sendFile(request, reply, file, {
    "content-type": type.startsWith("text/") ? `${type}; charset=utf-8` : type,
    "content-disposition": attachment(name),
  });
}
