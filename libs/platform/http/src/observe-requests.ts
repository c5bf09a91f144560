import type { Metrics } from "@runweir/telemetry";
import type { FastifyInstance } from "fastify";

const slowMs = 1_000;

/**
 * One log line and one histogram entry per request. Quick successes are `debug` (training jobs send thousands a second);
 * refused and slow requests are `info`, failures `warn`. Event streams last as long as a page is open and are not
 * durations.
 */
export function observeRequests(server: FastifyInstance, metrics: Metrics): void {
  server.addHook("onResponse", (request, reply, done) => {
    const streams = String(reply.getHeader("content-type") ?? "").startsWith("text/event-stream");
    const status = reply.statusCode;
    const route = request.routeOptions.url ?? "unmatched";
    const durationMs = reply.elapsedTime;
    if (!streams)
      metrics.observeRequest({ method: request.method, route, status, seconds: durationMs / 1_000 });
    const slow = durationMs > slowMs && !streams;
    const level = status >= 500 ? "warn" : status >= 400 || slow ? "info" : "debug";
    request.log[level](
      {
        method: request.method,
        route,
        path: loggedPath(request.url),
        status,
        durationMs: Math.round(durationMs),
      },
      "request",
    );
    done();
  });
}

/** Links that work once carry a secret, and so does the way back from an identity provider. */
export function loggedPath(url: string): string {
  return url
    .replace(/^(\/(?:welcome|invitation|reset)\/)[^/?]+/, "$1[secret]")
    .replace(/^(\/api\/auth\/[^?]*)\?.*$/s, "$1?[secret]");
}
