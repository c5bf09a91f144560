import type { OpenSpan, Tracing } from "@runweir/telemetry";
import type { FastifyInstance, FastifyRequest } from "fastify";

/** One span per request, below the caller's where it sent a `traceparent`. All work for the request belongs below it. */
export function traceRequests(server: FastifyInstance, tracing: Tracing): void {
  const spans = new WeakMap<FastifyRequest, OpenSpan>();
  server.addHook("onRequest", (request, _reply, done) => {
    const { traceparent } = request.headers;
    const route = request.routeOptions.url ?? "unmatched";
    const span = tracing.open(`${request.method} ${route}`, {
      kind: "server",
      parent: typeof traceparent === "string" ? traceparent : undefined,
      attributes: {
        "http.request.method": request.method,
        "http.route": route,
        "runweir.request_id": request.id,
      },
    });
    spans.set(request, span);
    span.run(done);
  });
  server.addHook("onResponse", (request, reply, done) => {
    const span = spans.get(request);
    span?.setAttributes({ "http.response.status_code": reply.statusCode });
    span?.end(reply.statusCode >= 500 ? `status ${reply.statusCode}` : undefined);
    done();
  });
}
