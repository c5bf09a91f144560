import { Agent, request } from "node:http";
import { quantiles } from "./quantiles.ts";

export interface Call {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly body?: string;
}

type Headers = Readonly<Record<string, string>>;

export interface LoadResult {
  readonly calls: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly failures: readonly string[];
}

/**
 * Sends calls over `connections` kept-alive connections, each waiting for its answer before the next, for a bounded
 * time. Every answer must be 200; others are counted as failures, with the first texts kept.
 */
export async function driveLoad(
  url: string,
  nextCall: () => Call,
  options: {
    readonly connections: number;
    readonly seconds: number;
    readonly callsMax: number;
    readonly headers?: Headers;
  },
): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: options.connections });
  const latencies: number[] = [];
  const failures: string[] = [];
  const began = performance.now();
  const deadline = began + options.seconds * 1_000;
  let sent = 0;
  const worker = async () => {
    while (performance.now() < deadline && sent < options.callsMax) {
      sent++;
      const from = performance.now();
      const answer = await send(url, agent, nextCall(), options.headers);
      latencies.push(performance.now() - from);
      if (answer.status !== 200) failures.push(`${answer.status} ${answer.text.slice(0, 200)}`);
    }
  };
  await Promise.all(Array.from({ length: options.connections }, worker));
  const elapsed = (performance.now() - began) / 1_000;
  agent.destroy();
  latencies.sort((a, b) => a - b);
  return {
    calls: latencies.length,
    perSecond: latencies.length / elapsed,
    ...quantiles(latencies),
    failures,
  };
}

export function send(
  url: string,
  agent: Agent | undefined,
  call: Call,
  given: Headers = {},
): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const headers =
      call.body === undefined
        ? given
        : { ...given, "content-type": "application/json", "content-length": Buffer.byteLength(call.body) };
    const outgoing = request(
      url + call.path,
      { method: call.method, headers, ...(agent ? { agent } : {}) },
      (incoming) => {
        const parts: Buffer[] = [];
        incoming.on("data", (part: Buffer) => parts.push(part));
        incoming.on("end", () =>
          resolve({ status: incoming.statusCode ?? 0, text: Buffer.concat(parts).toString("utf8") }),
        );
        incoming.on("error", reject);
      },
    );
    outgoing.on("error", reject);
    outgoing.end(call.body);
  });
}

/** One call whose JSON answer is needed; throws on anything but 200. */
export async function sendJson<T>(url: string, call: Call, headers?: Headers): Promise<T> {
  const answer = await send(url, undefined, call, headers);
  if (answer.status !== 200)
    throw new Error(`${call.method} ${call.path}: ${answer.status} ${answer.text.slice(0, 300)}`);
  return JSON.parse(answer.text) as T;
}
