import { Readable } from "node:stream";
import type { FastifyInstance, FastifyRequest } from "fastify";

/** Bodies of this scope are files: whatever their type says, they are handed on as they arrive and never held. */
export function streamBodies(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser("*", (_request, payload, done) => done(null, payload));
}

/** A request without a body uploads an empty file. */
export function bodyOf(request: FastifyRequest): Readable {
  return request.body instanceof Readable ? request.body : Readable.from([]);
}
