import { connect } from "node:net";
import type { Duplex } from "node:stream";
import type { FastifyInstance } from "fastify";
import { createHostRule } from "./allowed-host.ts";
import { isCrossSiteWrite } from "./cross-site-write.ts";
import type { PageUpstream } from "./page-proxy.ts";

/**
 * Passes WebSocket upgrades to the zones: hot reload in development, nothing in production. An upgrade is guarded like a
 * write, since browsers let any page open a socket to anywhere.
 */
export function forwardUpgrades(
  server: FastifyInstance,
  options: {
    upstreamOf(path: string): PageUpstream | undefined;
    readonly allowedHosts: readonly string[];
    readonly allowedOrigins: readonly string[];
  },
): void {
  const isAllowedHost = createHostRule(options.allowedHosts);
  const allowedOrigins = new Set(options.allowedOrigins);
  const upgraded = new Set<Duplex>();
  // HTTP knows nothing of them any more, yet a server does not count as closed while they are open.
  server.addHook("preClose", async () => {
    for (const socket of upgraded) socket.destroy();
  });
  server.server.on("upgrade", (request, socket, head) => {
    // Node has let go of the socket: its breaking, unheard, would end the process.
    socket.on("error", () => socket.destroy());
    const upstream = options.upstreamOf(request.url ?? "/");
    const foreign =
      !isAllowedHost(request.headers.host) || isCrossSiteWrite("POST", request.headers, allowedOrigins);
    if (!upstream || foreign) {
      socket.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n");
      return;
    }
    upgraded.add(socket);
    const { hostname, port } = new URL(upstream.url);
    const target = connect(Number(port), hostname, () => {
      const lines = [`${request.method} ${request.url} HTTP/1.1`];
      for (let index = 0; index < request.rawHeaders.length; index += 2) {
        lines.push(`${request.rawHeaders[index]}: ${request.rawHeaders[index + 1]}`);
      }
      target.write(`${lines.join("\r\n")}\r\n\r\n`);
      target.write(head);
      target.pipe(socket).pipe(target);
    });
    // Whichever side goes first takes the other along; a half-closed WebSocket is of no use.
    for (const event of ["end", "error", "close"]) {
      target.on(event, () => socket.destroy());
      socket.on(event, () => target.destroy());
    }
    socket.on("close", () => upgraded.delete(socket));
  });
}
