import { connect } from "node:net";
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
  server.server.on("upgrade", (request, socket, head) => {
    const upstream = options.upstreamOf(request.url ?? "/");
    const foreign =
      !isAllowedHost(request.headers.host) || isCrossSiteWrite("POST", request.headers, allowedOrigins);
    if (!upstream || foreign) {
      socket.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n");
      return;
    }
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
    target.on("error", () => socket.destroy());
    socket.on("error", () => target.destroy());
    socket.on("close", () => target.destroy());
  });
}
