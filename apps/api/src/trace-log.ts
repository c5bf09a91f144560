import type { LogTransport } from "@runweir/ingest-domain";
import type { OpenSpan, Tracing } from "@runweir/telemetry";

/** The same log, with a span around each append and each wait. */
export function traceLog(log: LogTransport, tracing: Tracing): LogTransport {
  return {
    append: (request) =>
      within(
        tracing.open("append points", {
          kind: "producer",
          attributes: {
            "runweir.run_id": request.runId,
            "runweir.points": request.points.values.length,
          },
        }),
        () => log.append(request),
      ),
    awaitApplied: (runIds) => within(tracing.open("await applied points"), () => log.awaitApplied(runIds)),
    close: () => log.close(),
  };
}

async function within<T>(span: OpenSpan, work: () => Promise<T>): Promise<T> {
  try {
    const result = await span.run(work);
    span.end();
    return result;
  } catch (error) {
    span.end(error);
    throw error;
  }
}
