import { Agent } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import type { BodySource } from "../ingest/batch-bodies.ts";
import { post } from "../ingest/send-bodies.ts";

export interface SteadyWrites {
  readonly points: number;
  readonly seconds: number;
  /** From call to acknowledgement, sorted. */
  readonly latencies: readonly number[];
}

/** Sends a body of each source every so many milliseconds, however long answers take, until the time is up. */
export async function writeSteadily(
  url: string,
  sources: readonly BodySource[],
  options: { readonly seconds: number; readonly everyMs: number; readonly onAcknowledged?: () => void },
): Promise<SteadyWrites> {
  const { everyMs } = options;
  const agent = new Agent({ keepAlive: true });
  const latencies: number[] = [];
  let points = 0;
  const began = performance.now();
  await Promise.all(
    sources.map(async (source, i) => {
      const underWay: Promise<void>[] = [];
      const send = async (): Promise<void> => {
        const from = performance.now();
        const answer = await post(url + source.path, agent, source.contentType, source.next());
        if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text.slice(0, 200)}`);
        options.onAcknowledged?.();
        latencies.push(performance.now() - from);
        points += source.pointsPerBody;
      };
      for (
        let due = began + (everyMs * i) / sources.length;
        due < began + options.seconds * 1_000;
        due += everyMs
      ) {
        await wait(Math.max(0, due - performance.now()));
        underWay.push(send());
      }
      await Promise.all(underWay);
    }),
  );
  const seconds = (performance.now() - began) / 1_000;
  agent.destroy();
  return { points, seconds, latencies: latencies.sort((a, b) => a - b) };
}
