import type { IncomingMessage, ServerResponse } from "node:http";
import type { FastifyInstance } from "fastify";
import { Slots } from "./slots.ts";

interface Receiving {
  readonly raw: IncomingMessage;
  readonly answer: ServerResponse;
  readonly since: number;
  readonly idleMs: number;
  bytes: number;
  /** When bytes were last seen to arrive, or to wait for us. */
  movedAt: number;
}

/**
 * Keeps senders from holding the server by their bodies.
 *
 * - A JSON body, which is parsed whole, must be complete within `bodyTimeoutMs`; any other body is streamed to where it
 *   belongs, may be of any length, and must only go on arriving: some of it every `bodyTimeoutMs` (or as its route says),
 *   unless it is the server that does not read. Who is slower is cut with 408.
 * - An error answered before the body was read waits for its rest (at most `drainBytesMax`, at most `bodyTimeoutMs`) and
 *   throws it away: closing a connection on a client that still sends makes the kernel discard the answer with it.
 */
export function receiveBodies(
  server: FastifyInstance,
  options: { readonly bodyTimeoutMs: number; readonly drainBytesMax: number },
): void {
  const receiving = new Slots<Receiving>();
  server.addHook("onRequest", (request, reply, done) => {
    const { raw } = request;
    if (hasBody(raw)) {
      const now = Date.now();
      const idleMs = request.routeOptions.config.bodyIdleMs ?? options.bodyTimeoutMs;
      const place = receiving.add({ raw, answer: reply.raw, since: now, idleMs, bytes: 0, movedAt: now });
      let isForgotten = false;
      const forget = () => {
        if (!isForgotten) receiving.remove(place);
        isForgotten = true;
      };
      raw.once("end", forget);
      raw.once("close", forget);
    }
    done();
  });
  const look = setInterval(
    () => {
      const now = Date.now();
      for (const state of receiving) {
        const { raw } = state;
        if (raw.socket.bytesRead !== state.bytes || raw.readableLength > 0) {
          state.bytes = raw.socket.bytesRead;
          state.movedAt = now;
        }
        const isLate = mustBeWhole(raw)
          ? now - state.since >= options.bodyTimeoutMs
          : now - state.movedAt >= state.idleMs;
        if (isLate) cut(raw, state.answer);
      }
    },
    Math.min(5_000, options.bodyTimeoutMs / 4),
  );
  look.unref();
  server.addHook("onClose", (_server, done) => {
    clearInterval(look);
    done();
  });
  server.addHook("onSend", async (request, reply) => {
    if (reply.statusCode < 400 || !hasBody(request.raw) || request.raw.complete) return;
    // Of a sender that was told that it stopped sending, nothing is to be waited for.
    if (reply.statusCode === 408) reply.header("connection", "close");
    else await drain(request.raw, options);
  });
}

function hasBody(raw: IncomingMessage): boolean {
  const length = raw.headers["content-length"];
  return (length !== undefined && length !== "0") || raw.headers["transfer-encoding"] !== undefined;
}

function mustBeWhole(raw: IncomingMessage): boolean {
  return raw.headers["content-type"]?.startsWith("application/json") ?? false;
}

/**
 * Written to the bare socket, as Node does for its own limits: the framework may be in the middle of reading. An answer that has
 * begun just breaks off.
 */
function cut(raw: IncomingMessage, answer: ServerResponse): void {
  if (!answer.headersSent)
    raw.socket.end("HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
  raw.destroy();
}

function drain(
  raw: IncomingMessage,
  limits: { readonly bodyTimeoutMs: number; readonly drainBytesMax: number },
): Promise<void> {
  return new Promise((resolve) => {
    let bytes = 0;
    const finish = () => {
      clearTimeout(timer);
      raw.off("data", count).off("end", finish).off("close", finish).off("error", finish);
      resolve();
    };
    const count = (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > limits.drainBytesMax) finish();
    };
    const timer = setTimeout(finish, limits.bodyTimeoutMs);
    raw.on("data", count).on("end", finish).on("close", finish).on("error", finish);
    raw.resume();
  });
}
