/** Points of one run, sent as columns through the native door. */
export interface Columns {
  readonly runId: string;
  readonly keys: readonly string[];
  readonly key: readonly number[];
  readonly step: readonly number[] | number;
  readonly timestamp: readonly number[] | number;
  readonly value: readonly number[];
}

/** Sends columns, one request at a time per run; asks again where the server says 429 or 503. */
export async function sendColumns(url: string, columns: Columns): Promise<void> {
  const { runId, ...rest } = columns;
  const body = JSON.stringify({ runs: [{ run_id: runId, ...rest }] });
  for (;;) {
    const answer = await fetch(`${url}/ingest/v1/points`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    });
    const text = await answer.text();
    if (answer.status === 200) return;
    if (answer.status !== 429 && answer.status !== 503)
      throw new Error(`${answer.status} ${text.slice(0, 300)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** One step of many metrics. */
export function oneStep(runId: string, keys: readonly string[], step: number): Columns {
  return {
    runId,
    keys,
    key: keys.map((_, i) => i),
    step,
    timestamp: 1_790_000_000_000 + step * 1_000,
    value: keys.map((_, i) => Math.fround(Math.sin(i + step * 0.1))),
  };
}

/** A stretch of one metric. */
export function stretch(runId: string, key: string, from: number, count: number): Columns {
  const steps = Array.from({ length: count }, (_, i) => from + i);
  return {
    runId,
    keys: [key],
    key: steps.map(() => 0),
    step: steps,
    timestamp: steps.map((step) => 1_790_000_000_000 + step * 10),
    value: steps.map((step) => Math.fround(Math.exp(-step / 2e6) + Math.sin(step * 0.37) * 0.01)),
  };
}
