/** A request's body that says something new each time it is made: the same series, one stretch of steps further. */
export interface BodySource {
  readonly contentType: string;
  readonly path: string;
  readonly pointsPerBody: number;
  next(): Buffer;
}

export const firstTimestamp = 1_790_000_000_000;

/** A curve with a bend and some noise, as float32 like most training metrics, or with all 53 bits. */
export function curveValue(series: number, step: number, exact: boolean): number {
  const value = Math.exp(-step / 5_000) + Math.sin(series + step * 0.37) * 0.01;
  return exact ? value / 3 : Math.fround(value);
}

/** MLflow's log-batch: one step of `keys` metrics, spaced as Python's json.dumps spaces it. */
export function mlflowBatch(runId: string, keys: number): BodySource {
  let step = 0;
  // The text between the step numbers never changes, so that building a body costs little beside sending it.
  const parts = Array.from({ length: 8 }, (_, variant) => {
    const metrics = Array.from(
      { length: keys },
      (_, key) =>
        `{"key": "layer.${key}.gradient_norm", "value": ${curveValue(key, variant * 100, false)}, "timestamp": @, "step": #}`,
    );
    return `{"run_id": "${runId}", "metrics": [${metrics.join(", ")}], "params": [], "tags": []}`;
  });
  return {
    contentType: "application/json",
    path: "/api/2.0/mlflow/runs/log-batch",
    pointsPerBody: keys,
    next() {
      step += 1;
      const part = parts[step % parts.length] as string;
      return Buffer.from(
        part.replaceAll("#", String(step)).replaceAll("@", String(firstTimestamp + step * 50)),
        "latin1",
      );
    },
  };
}

/** MLflow's log-metric: one point. */
export function mlflowMetric(runId: string): BodySource {
  let step = 0;
  return {
    contentType: "application/json",
    path: "/api/2.0/mlflow/runs/log-metric",
    pointsPerBody: 1,
    next() {
      step += 1;
      return Buffer.from(
        `{"run_id": "${runId}", "key": "loss", "value": ${curveValue(0, step, false)}, "timestamp": ${firstTimestamp + step * 50}, "step": ${step}}`,
        "latin1",
      );
    },
  };
}
