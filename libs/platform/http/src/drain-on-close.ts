import type { ServerResponse } from "node:http";
import type { FastifyInstance } from "fastify";

/**
 * Makes `server.close()` graceful: no new connections, 503 for new requests on open ones (clients retry), event streams
 * ended at once (pages reconnect), everything else given `drainMs` to finish before it is cut.
 */
export function drainOnClose(server: FastifyInstance, drainMs: number): void {
  const streams = new Set<ServerResponse>();
  let closing = false;
  server.addHook("onSend", async (_request, reply) => {
    // Clients keep connections open, and one that falls idle only now would be waited for until the deadline.
    if (closing) reply.header("connection", "close");
    if (!String(reply.getHeader("content-type") ?? "").startsWith("text/event-stream")) return;
    streams.add(reply.raw);
    reply.raw.once("close", () => streams.delete(reply.raw));
  });
  let deadline: NodeJS.Timeout | undefined;
  server.addHook("preClose", async () => {
    closing = true;
    for (const stream of streams) stream.destroy();
    deadline = setTimeout(() => server.server.closeAllConnections(), drainMs);
  });
  server.addHook("onClose", async () => clearTimeout(deadline));
}
