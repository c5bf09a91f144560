import { Readable } from "node:stream";
import type { Artifacts } from "@runweir/artifacts-domain";
import { DomainError } from "@runweir/errors";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { readTextOrNothing } from "../wire/field-values.ts";
import { message, optional } from "../wire/message.ts";
import { bodyOf } from "./stream-bodies.ts";

const uploadBytesMax = 10 * 1024 * 1024;

const place = message({ runUuid: optional(readTextOrNothing), path: optional(readTextOrNothing) });

/** The small upload that MLflow's own pages use: the file is the body, its place is in the query. */
export function uploadArtifactRoute(scope: FastifyInstance, artifacts: Artifacts, prefix: string): void {
  scope.post(
    `${prefix}/upload-artifact`,
    { config: { permission: "artifact.write" } },
    async (request, reply) => {
      const { runUuid, path } = place.fromQuery(request.query as Readonly<Record<string, unknown>>);
      if (runUuid === undefined) throw refuse("Request must specify run_uuid.", "run_uuid");
      if (path === undefined) throw refuse("Request must specify path.", "path");
      await artifacts.put(request.caller, { kind: "run", runId: runUuid }, path, smallBodyOf(request));
      return reply.type("application/json; charset=utf-8").send("");
    },
  );
}

/** Breaks, so that nothing is kept, as soon as the body turns out to be too large or to hold nothing. */
function smallBodyOf(request: FastifyRequest): Readable {
  const body = bodyOf(request);
  async function* limited(): AsyncGenerator<Buffer> {
    const announced = Number(request.headers["content-length"] ?? 0);
    let bytes = 0;
    if (announced > uploadBytesMax) throw tooLarge();
    for await (const chunk of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > uploadBytesMax) throw tooLarge();
      yield chunk;
    }
    if (bytes === 0) throw refuse("Request must specify data.", "data");
  }
  return Readable.from(limited(), { objectMode: false });
}

function tooLarge(): DomainError {
  return refuse("Artifact size is too large. Max size is 10MB.", "data");
}

function refuse(message: string, field: string): DomainError {
  return new DomainError("invalid_argument", message, { field });
}
