import type { Metrics } from "@runweir/telemetry";
import type { FastifyInstance } from "fastify";

export interface Readiness {
  readonly ready: boolean;
  /** One sentence per part that keeps the service from its work. */
  readonly problems: readonly string[];
}

/**
 * - `/health`: "OK" as long as the process answers (MLflow clients and load balancers ask it); `/health/live` the same.
 * - `/health/ready`: 200 when requests can be served, else 503 with the reasons.
 * - `/metrics`: Prometheus.
 */
export function healthRoutes(
  server: FastifyInstance,
  options: { readonly metrics: Metrics; checkReadiness(): Promise<Readiness> },
): void {
  let closing = false;
  server.addHook("preClose", async () => {
    closing = true;
  });
  for (const url of ["/health", "/health/live"]) {
    server.get(url, { config: { permission: "public" } }, (_request, reply) => {
      reply.type("text/plain; charset=utf-8").send("OK");
    });
  }
  server.get("/health/ready", { config: { permission: "public" } }, async (_request, reply) => {
    const { ready, problems } = closing
      ? { ready: false, problems: ["The server is shutting down."] }
      : await options.checkReadiness();
    return reply
      .code(ready ? 200 : 503)
      .header("cache-control", "no-store")
      .send({ ready, problems });
  });
  server.get("/metrics", { config: { permission: "server.read" } }, async (_request, reply) => {
    const { contentType, text } = await options.metrics.render();
    return reply.type(contentType).send(text);
  });
}
