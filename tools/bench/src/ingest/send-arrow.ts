import { request } from "node:http";
import { quantiles } from "../quantiles.ts";
import { type ArrowBatches, batchesInUse } from "./arrow-batches.ts";
import type { SendResult } from "./send-bodies.ts";

/**
 * One long-lived Arrow stream per source for a bounded time; every batch is acknowledged in the answer. As fast as batches are
 * acknowledged, or no faster than so many points a second in all.
 */
export async function sendArrow(
  url: string,
  sources: readonly ArrowBatches[],
  options: { readonly seconds: number; readonly pointsPerSecond?: number | undefined },
): Promise<SendResult> {
  const latencies: number[] = [];
  const failures: string[] = [];
  let points = 0;
  const began = performance.now();
  const deadline = began + options.seconds * 1_000;
  const { pointsPerSecond = Number.POSITIVE_INFINITY } = options;
  await Promise.all(
    sources.map(
      (source, place) =>
        new Promise<void>((resolve, reject) => {
          const sentAt: number[] = [];
          let acknowledged = 0;
          const outgoing = request(`${url}/ingest/v1/points`, {
            method: "POST",
            headers: { "content-type": "application/vnd.apache.arrow.stream" },
          });
          // The batches of all sources in turn, evenly.
          const betweenMs = (1_000 * sources.length * source.pointsPerBatch) / pointsPerSecond;
          const dueAt = () => began + (sentAt.length + place / sources.length) * betweenMs;
          let timer: NodeJS.Timeout | undefined;
          const pump = () => {
            clearTimeout(timer);
            const isOver = () => performance.now() >= deadline;
            const isRoom = () => sentAt.length - acknowledged < batchesInUse;
            while (isRoom() && !isOver() && performance.now() >= dueAt()) {
              sentAt.push(performance.now());
              outgoing.write(source.next());
            }
            if (!isOver() && isRoom())
              timer = setTimeout(pump, Math.max(0, Math.min(dueAt(), deadline) - performance.now()));
            else if (isOver() && !outgoing.writableEnded) outgoing.end();
          };
          outgoing.on("response", (incoming) => {
            let rest = "";
            incoming.setEncoding("utf8");
            incoming.on("data", (part: string) => {
              const lines = (rest + part).split("\n");
              rest = lines.pop() ?? "";
              for (const line of lines) {
                const answer = JSON.parse(line) as { readonly batch?: number; readonly error_code?: string };
                if (answer.error_code !== undefined) failures.push(line.slice(0, 200));
                else if (answer.batch !== undefined) {
                  latencies.push(performance.now() - (sentAt[acknowledged] as number));
                  acknowledged += 1;
                  points += source.pointsPerBatch;
                }
              }
              pump();
            });
            incoming.on("end", () => resolve());
            incoming.on("error", reject);
          });
          outgoing.on("error", reject);
          outgoing.write(source.head);
          pump();
        }),
    ),
  );
  const seconds = (performance.now() - began) / 1_000;
  latencies.sort((a, b) => a - b);
  return { points, seconds, ...quantiles(latencies), turnedAway: 0, failures };
}
