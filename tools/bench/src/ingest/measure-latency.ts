import { Agent, request } from "node:http";
import { quantiles } from "../quantiles.ts";
import type { BodySource } from "./batch-bodies.ts";
import { post } from "./send-bodies.ts";

export interface LatencyResult {
  /** Calls that were read after. */
  readonly calls: number;
  readonly pointsPerSecond: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  /** Until the call was answered, of all calls. */
  readonly acknowledged: { readonly p50Ms: number; readonly p95Ms: number; readonly p99Ms: number };
  /** Reads that were refused because something was still on its way; they were asked again. */
  readonly refusedReads: number;
}

/**
 * From the call that logs to the answer of a read that must contain it, at a steady rate: every `readEvery`th batch of a run
 * is followed by a read of the run with all of its latest values, which has to show the step that was just logged.
 */
export async function measureLatency(
  url: string,
  sources: readonly (BodySource & { readonly runId: string; readonly key: string; step(): number })[],
  options: { readonly seconds: number; readonly pointsPerSecond: number; readonly readEvery: number },
): Promise<LatencyResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: sources.length * 2 });
  const perSource = options.pointsPerSecond / sources.length;
  const latencies: number[] = [];
  const acknowledgements: number[] = [];
  let points = 0;
  let refusedReads = 0;
  const began = performance.now();
  await Promise.all(
    sources.map(async (source, i) => {
      const everyMs = (source.pointsPerBody / perSource) * 1_000;
      let due = began + (everyMs * i) / sources.length;
      while (due < began + options.seconds * 1_000) {
        const early = due - performance.now();
        if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
        due += everyMs;
        const from = performance.now();
        const answer = await post(url + source.path, agent, source.contentType, source.next());
        if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text.slice(0, 200)}`);
        acknowledgements.push(performance.now() - from);
        points += source.pointsPerBody;
        // Each run in its turn: reads of all runs at once would wait for each other and for nothing else.
        if ((source.step() + i) % options.readEvery !== 0) continue;
        for (;;) {
          const read = await get(`${url}/api/2.0/mlflow/runs/get?run_id=${source.runId}`, agent);
          if (read.status === 503) {
            refusedReads += 1;
            continue;
          }
          const found = latestStep(read.text, source.key);
          if (found !== source.step())
            throw new Error(`a read was stale: step ${found} instead of ${source.step()}`);
          break;
        }
        latencies.push(performance.now() - from);
      }
    }),
  );
  const seconds = (performance.now() - began) / 1_000;
  agent.destroy();
  latencies.sort((a, b) => a - b);
  acknowledgements.sort((a, b) => a - b);
  return {
    calls: latencies.length,
    pointsPerSecond: points / seconds,
    ...quantiles(latencies),
    acknowledged: quantiles(acknowledgements),
    refusedReads,
  };
}

function latestStep(text: string, key: string): number | undefined {
  const { run } = JSON.parse(text) as {
    run: { data: { metrics?: readonly { readonly key: string; readonly step: number }[] } };
  };
  return run.data.metrics?.find((metric) => metric.key === key)?.step;
}

function get(url: string, agent: Agent): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { agent }, (incoming) => {
      const parts: Buffer[] = [];
      incoming.on("data", (part: Buffer) => parts.push(part));
      incoming.on("end", () =>
        resolve({ status: incoming.statusCode ?? 0, text: Buffer.concat(parts).toString("utf8") }),
      );
      incoming.on("error", reject);
    });
    outgoing.on("error", reject);
    outgoing.end();
  });
}
