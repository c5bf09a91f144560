import { type ArtifactOwner, type Artifacts, contentTypeOf } from "@runweir/artifacts-domain";
import { attachment, sendFile } from "@runweir/file-response";
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";
import "@runweir/http";
import { viewingHeaders } from "./viewing-headers.ts";

interface FileRoute {
  readonly Params: { readonly id: string; readonly "*": string };
  readonly Querystring: { readonly download?: string | readonly string[] | undefined };
}

/**
 * Files by address, for pages: `/artifacts/runs/<run id>/<path>` and `/artifacts/models/<model id>/<path>`, each part of the
 * path percent-encoded. Ranges and conditions are answered; `?download=1` makes browsers save the file.
 */
export function artifactFiles({ artifacts }: { readonly artifacts: Artifacts }): FastifyPluginAsync {
  async function send(
    request: FastifyRequest<FileRoute>,
    reply: FastifyReply,
    owner: ArtifactOwner,
  ): Promise<FastifyReply> {
    const { name, file } = await artifacts.open(request.caller, owner, request.params["*"]);
    const type = contentTypeOf(name);
    const isDownload = request.query.download !== undefined && request.query.download !== "0";
    const viewing = isDownload ? undefined : viewingHeaders(type);
    return sendFile(request as FastifyRequest, reply, file, {
      "content-type": type.startsWith("text/") ? `${type}; charset=utf-8` : type,
      ...(viewing ?? { "content-disposition": attachment(name) }),
    });
  }

  return async (door) => {
    const owners = {
      runs: (id: string): ArtifactOwner => ({ kind: "run", runId: id }),
      models: (id: string): ArtifactOwner => ({ kind: "model", modelId: id }),
    };
    for (const [name, ownerOf] of Object.entries(owners)) {
      door.route<FileRoute>({
        method: ["GET", "HEAD"],
        url: `/artifacts/${name}/:id/*`,
        exposeHeadRoute: false,
        config: { permission: "artifact.read" },
        handler: (request, reply) => send(request, reply, ownerOf(request.params.id)),
      });
    }
  };
}
