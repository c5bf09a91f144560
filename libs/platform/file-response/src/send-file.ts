import type { Readable } from "node:stream";
import type { FastifyReply, FastifyRequest } from "fastify";
import { type Conditions, type FileState, planAnswer } from "./plan-answer.ts";

export interface FileToSend extends FileState {
  /** Bytes from `start` to `end`, both included, of the state described. */
  read(range?: { readonly start: number; readonly end: number }): Promise<Readable>;
  /** Called instead of `read` when no byte is wanted. */
  close(): Promise<void>;
}

/**
 * Answers a GET or HEAD with a file: whole, in part, or as unchanged. The bytes are streamed and never held; a reader that
 * goes away closes the file. `headers` are those of a file that is shown (type, disposition, policy).
 */
export async function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  file: FileToSend,
  headers: Readonly<Record<string, string>>,
): Promise<FastifyReply> {
  const answer = planAnswer(file, readConditions(request));
  reply.code(answer.status).headers({
    "accept-ranges": "bytes",
    "cache-control": "private, no-cache",
    etag: `"${file.etag}"`,
    "last-modified": new Date(file.modifiedAt).toUTCString(),
    "x-content-type-options": "nosniff",
  });
  if (answer.status === 416) reply.header("content-range", `bytes */${file.bytes}`);
  if (answer.status !== 200 && answer.status !== 206) {
    await file.close();
    return reply.send();
  }
  const length = answer.status === 206 ? answer.end - answer.start + 1 : file.bytes;
  reply.headers(headers).header("content-length", String(length));
  if (answer.status === 206) {
    reply.header("content-range", `bytes ${answer.start}-${answer.end}/${file.bytes}`);
  }
  if (request.method === "HEAD") {
    await file.close();
    return reply.send();
  }
  return reply.send(await file.read(answer.status === 206 ? answer : undefined));
}

function readConditions({ method, headers }: FastifyRequest): Conditions {
  return {
    // Ranges are defined for GET alone; answering HEAD with one would lie about the length.
    range: method === "GET" ? headers.range : undefined,
    ifRange: one(headers["if-range"]),
    ifMatch: headers["if-match"],
    ifNoneMatch: headers["if-none-match"],
    ifModifiedSince: headers["if-modified-since"],
    ifUnmodifiedSince: headers["if-unmodified-since"],
  };
}

function one(value: string | string[] | undefined): string | undefined {
  return typeof value === "string" ? value : value?.[0];
}
