import { forwardUpgrades, type PageUpstream, proxyPages } from "@runweir/http";
import { type ZoneName, zoneOf } from "@runweir/web-zones";
import type { FastifyInstance } from "fastify";

/** Never pages: a misspelt request of a client must not be answered with HTML. */
const reserved = [
  "/api",
  "/ajax-api",
  "/trpc",
  "/artifacts",
  "/get-artifact",
  "/ingest",
  "/model-versions",
  "/graphql",
  "/health",
  "/metrics",
  "/version",
  "/__reset",
];

/** Everything else belongs to the zones; a zone that is not there has no pages. */
export function pageRoutes(
  server: FastifyInstance,
  options: {
    readonly zoneUrls: Partial<Record<ZoneName, string>>;
    readonly development: boolean;
    readonly allowedHosts: readonly string[];
    readonly allowedOrigins: readonly string[];
  },
): void {
  const upstreamOf = (path: string): PageUpstream | undefined => {
    const name = zoneOf(path);
    const url = options.zoneUrls[name];
    return url === undefined ? undefined : { name, url };
  };
  proxyPages(server, { upstreamOf, reserved, development: options.development });
  forwardUpgrades(server, { ...options, upstreamOf });
}
