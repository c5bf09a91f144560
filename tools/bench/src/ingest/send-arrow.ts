import { request } from "node:http";
import { type ArrowBatches, batchesInUse } from "./arrow-batches.ts";
import { quantiles, type SendResult } from "./send-bodies.ts";

/** One long-lived Arrow stream per source for a bounded time; every batch is acknowledged in the answer. */
export async function sendArrow(
  url: string,
  sources: readonly ArrowBatches[],
  options: { readonly seconds: number },
): Promise<SendResult> {
  const latencies: number[] = [];
  const failures: string[] = [];
  let points = 0;
  const began = performance.now();
  const deadline = began + options.seconds * 1_000;
  await Promise.all(
    sources.map(
      (source) =>
        new Promise<void>((resolve, reject) => {
          const sentAt: number[] = [];
          let acknowledged = 0;
          const outgoing = request(`${url}/ingest/v1/points`, {
            method: "POST",
            headers: { "content-type": "application/vnd.apache.arrow.stream" },
          });
          const pump = () => {
            while (sentAt.length - acknowledged < batchesInUse && performance.now() < deadline) {
              sentAt.push(performance.now());
              outgoing.write(source.next());
            }
            if (performance.now() >= deadline && !outgoing.writableEnded) outgoing.end();
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
