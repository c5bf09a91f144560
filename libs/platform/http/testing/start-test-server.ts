import { createLogger, createMetrics, type Metrics } from "@runweir/telemetry";
import type { FastifyInstance } from "fastify";
import { createHttpServer, type HttpServerOptions } from "../src/create-http-server.ts";

/** A real server on a port of its own, for tests that speak HTTP to it. Closing is the test's: `await using`. */
export async function startTestServer(
  options: Partial<HttpServerOptions> & { readonly routes?: (server: FastifyInstance) => unknown } = {},
): Promise<{
  readonly server: FastifyInstance;
  readonly url: string;
  readonly port: number;
  readonly log: string[];
  readonly metrics: Metrics;
  [Symbol.asyncDispose](): Promise<void>;
}> {
  const log: string[] = [];
  const metrics = createMetrics("test");
  const server = createHttpServer({
    logger: createLogger({ name: "test", level: "debug", write: (line) => log.push(line) }),
    metrics,
    checkReadiness: async () => ({ ready: true, problems: [] }),
    drainMs: 1_000,
    ...options,
  });
  await options.routes?.(server);
  await server.listen({ port: 0, host: "127.0.0.1" });
  const address = server.server.address();
  if (address === null || typeof address === "string") throw new Error("no address");
  return {
    server,
    url: `http://127.0.0.1:${address.port}`,
    port: address.port,
    log,
    metrics,
    [Symbol.asyncDispose]: () => server.close(),
  };
}
