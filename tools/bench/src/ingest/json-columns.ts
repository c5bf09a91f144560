import { type BodySource, curveValue, firstTimestamp } from "./batch-bodies.ts";

/**
 * Columnar JSON of the native door: `steps` steps of `keys` metrics in one body. The values are text made once; what
 * changes from body to body are steps and timestamps.
 */
export function jsonColumns(runId: string, keys: number, steps: number): BodySource {
  let first = 0;
  const names = Array.from({ length: keys }, (_, key) => `layer.${key}.gradient_norm`);
  const key = Array.from({ length: keys * steps }, (_, i) => i % keys).join(",");
  const values = Array.from({ length: 8 }, (_, variant) =>
    Array.from({ length: keys * steps }, (_, i) =>
      curveValue(i % keys, variant * 1_000 + Math.floor(i / keys), false),
    ).join(","),
  );
  const repeat = (numberOf: (step: number) => number): string => {
    const parts = Array.from({ length: steps }, (_, i) => `${numberOf(first + i)},`.repeat(keys));
    return parts.join("").slice(0, -1);
  };
  return {
    contentType: "application/json",
    path: "/ingest/v1/points",
    pointsPerBody: keys * steps,
    next() {
      const body = `{"runs":[{"run_id":"${runId}","keys":${JSON.stringify(names)},"key":[${key}],"step":[${repeat(
        (step) => step,
      )}],"timestamp":[${repeat((step) => firstTimestamp + step * 50)}],"value":[${values[(first / steps) % 8]}]}]}`;
      first += steps;
      return Buffer.from(body, "latin1");
    },
  };
}
