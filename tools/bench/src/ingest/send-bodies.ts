import { Agent, request } from "node:http";
import { quantiles } from "../quantiles.ts";
import type { BodySource } from "./batch-bodies.ts";

export interface SendResult {
  readonly points: number;
  readonly seconds: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  /** Answers that asked to come again later. */
  readonly turnedAway: number;
  readonly failures: readonly string[];
}

/**
 * Sends bodies for a bounded time, one connection per source, each waiting for its answer before the next. A server that
 * says 429 or 503 is asked again after a moment, as clients do.
 */
export async function sendBodies(
  url: string,
  sources: readonly BodySource[],
  options: { readonly seconds: number },
): Promise<SendResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: sources.length });
  const latencies: number[] = [];
  const failures: string[] = [];
  let turnedAway = 0;
  let points = 0;
  const began = performance.now();
  const deadline = began + options.seconds * 1_000;
  await Promise.all(
    sources.map(async (source) => {
      let body = source.next();
      while (performance.now() < deadline) {
        const from = performance.now();
        const answer = await post(url + source.path, agent, source.contentType, body);
        if (answer.status === 429 || answer.status === 503) {
          turnedAway += 1;
          await new Promise((resolve) => setTimeout(resolve, 50));
          continue;
        }
        latencies.push(performance.now() - from);
        if (answer.status === 200) points += source.pointsPerBody;
        else failures.push(`${answer.status} ${answer.text.slice(0, 200)}`);
        body = source.next();
      }
    }),
  );
  const seconds = (performance.now() - began) / 1_000;
  agent.destroy();
  latencies.sort((a, b) => a - b);
  return { points, seconds, ...quantiles(latencies), turnedAway, failures };
}

export function post(
  url: string,
  agent: Agent,
  contentType: string,
  body: Buffer,
): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      {
        method: "POST",
        agent,
        headers: { "content-type": contentType, "content-length": body.length },
      },
      (incoming) => {
        let text = "";
        incoming.setEncoding("utf8");
        incoming.on("data", (part: string) => {
          text += part;
        });
        incoming.on("end", () => resolve({ status: incoming.statusCode ?? 0, text }));
        incoming.on("error", reject);
      },
    );
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}
