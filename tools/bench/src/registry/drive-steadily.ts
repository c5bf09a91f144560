import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { Call, LoadResult } from "../drive-load.ts";
import { quantiles } from "../quantiles.ts";
import { openConnections } from "./open-connections.ts";

/**
 * So many calls per second, whether earlier ones were answered or not: a server that falls behind cannot slow its callers
 * down, and the time that a call waits for its turn counts.
 */
export async function driveSteadily(
  url: string,
  nextCall: () => Call,
  options: { readonly perSecond: number; readonly seconds: number; readonly connections: number },
): Promise<LoadResult> {
  const connections = await openConnections(url, options.connections);
  const failures: string[] = [];
  const { perSecond, seconds } = options;
  const total = perSecond * seconds;
  // Nothing is kept of a call that was answered but its time: what a collector has to carry along here delays the calls.
  const latencies = new Float64Array(total);
  let answered = 0;
  const allAnswered = Promise.withResolvers<void>();
  const pace = new Worker(new URL("./pace.ts", import.meta.url), { workerData: { perSecond, total } });
  const now = () => performance.timeOrigin + performance.now();
  const began = now();
  const call = async (dueAt: number) => {
    const answer = await connections.send(nextCall());
    latencies[answered] = now() - dueAt;
    answered += 1;
    if (answer.status !== 200) failures.push(`${answer.status} ${answer.text.slice(0, 200)}`);
    if (answered === total) allAnswered.resolve();
  };
  pace.on("message", (dueAt: number) => {
    call(dueAt).catch(allAnswered.reject);
  });
  await once(pace, "exit");
  await allAnswered.promise;
  const elapsed = (now() - began) / 1_000;
  connections.close();
  latencies.sort();
  return { calls: total, perSecond: total / elapsed, ...quantiles(latencies), failures };
}
