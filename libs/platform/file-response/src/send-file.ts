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
  const isShown = answer.status === 200 || answer.status === 206;
  const part = answer.status === 206 ? answer : undefined;
  // Before any header is set: the answer that says why a file cannot be read must not look like the file.
  const body = isShown && request.method !== "HEAD" ? await file.read(part) : await file.close();
  reply.code(answer.status).headers({
    "accept-ranges": "bytes",
    "cache-control": "private, no-cache",
    etag: `"${file.etag}"`,
    "last-modified": new Date(file.modifiedAt).toUTCString(),
    "x-content-type-options": "nosniff",
  });
  if (isShown) {
    const length = part === undefined ? file.bytes : part.end - part.start + 1;
    reply.headers(headers).header("content-length", String(length));
  }
  if (part !== undefined) reply.header("content-range", `bytes ${part.start}-${part.end}/${file.bytes}`);
  if (answer.status === 416) reply.header("content-range", `bytes */${file.bytes}`);
  return reply.send(body ?? undefined);
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
