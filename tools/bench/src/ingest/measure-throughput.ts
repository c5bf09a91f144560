import { join } from "node:path";
import { cpuByRole, type Role, roles, subtractCpu } from "./cpu-by-role.ts";
import type { Door } from "./doors.ts";
import { callApi, createRuns, drain, type LogKind, startSystem } from "./start-system.ts";
import { measureStoredBytes, openOwnDatabase, type StoredBytes } from "./stored-bytes.ts";

export interface Throughput {
  readonly log: LogKind;
  readonly door: string;
  readonly aim: number | undefined;
  readonly acceptedPerSecond: number;
  /** Until everything can be read, the wait at the end included. */
  readonly appliedPerSecond: number;
  /** How long a read had to wait for what was logged before it: over the first and the second half, and at the end. */
  readonly lagMs: readonly [number, number, number];
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly turnedAway: number;
  readonly failures: readonly string[];
  /** CPU seconds per million points. */
  readonly cpu: Readonly<Record<Role, number>>;
  readonly stored: StoredBytes;
}

const connections = 8;

export async function measureThroughput(
  folder: string,
  log: LogKind,
  door: Door,
  seconds: number,
): Promise<Throughput> {
  const server = await startSystem(folder, log);
  try {
    const runIds = await createRuns(server.url, connections);
    const send = door.open(server.url, runIds);
    await send(Math.min(3, seconds));
    await drain(server.url);
    const root = server.process.pid ?? 0;
    const before = cpuByRole(root);
    const lags: number[] = [];
    let sending = true;
    const watching = (async () => {
      while (sending) {
        await new Promise((resolve) => setTimeout(resolve, 500));
        if (sending) lags.push(await timeRead(server.url, runIds[0] as string));
      }
    })();
    const sent = await send(seconds);
    sending = false;
    const end = await drain(server.url);
    await watching;
    const cpu = subtractCpu(cpuByRole(root), before);
    const database = openOwnDatabase(join(folder, "runweir"));
    const stored = await measureStoredBytes(database, 60_000).finally(() => database.close());
    return {
      log,
      door: door.name,
      aim: door.aim,
      acceptedPerSecond: sent.points / sent.seconds,
      appliedPerSecond: sent.points / (sent.seconds + end / 1_000),
      lagMs: [middle(lags.slice(0, lags.length >> 1)), middle(lags.slice(lags.length >> 1)), end],
      p50Ms: sent.p50Ms,
      p95Ms: sent.p95Ms,
      p99Ms: sent.p99Ms,
      turnedAway: sent.turnedAway,
      failures: sent.failures.slice(0, 3),
      cpu: Object.fromEntries(
        roles.map((role) => [role, (cpu[role] / sent.points) * 1_000_000]),
      ) as Throughput["cpu"],
      stored,
    };
  } finally {
    await server.stop();
  }
}

/** A read of one run waits for all that was acknowledged for it. */
async function timeRead(url: string, runId: string): Promise<number> {
  const began = performance.now();
  await callApi(url, "GET", `runs/get?run_id=${runId}`);
  return performance.now() - began;
}

function middle(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

export function formatThroughput(results: readonly Throughput[]): string {
  return results
    .map((one) => {
      const aim = one.aim === undefined ? "" : `, aim ${(one.aim / 1e6).toFixed(0)} M`;
      const bytes = (what: number) => (what / one.stored.points).toFixed(1);
      const cpu = roles.map((role) => `${role} ${one.cpu[role].toFixed(2)}`).join(", ");
      return [
        `${one.log}, ${one.door}: ${million(one.acceptedPerSecond)} accepted, ${million(one.appliedPerSecond)} applied${aim}`,
        `  call ms p50 ${one.p50Ms.toFixed(1)}, p95 ${one.p95Ms.toFixed(1)}, p99 ${one.p99Ms.toFixed(1)}; reads waited ${one.lagMs
          .map((lag) => lag.toFixed(0))
          .join(" / ")} ms (first half, second half, end)`,
        `  CPU-s per million: ${cpu}; bytes per point: chunks ${bytes(one.stored.chunks)} (bodies ${bytes(one.stored.bodies)}), statistics ${bytes(one.stored.series)}, WAL ${bytes(one.stored.wal)}`,
        ...(one.turnedAway > 0 ? [`  asked to come later: ${one.turnedAway}`] : []),
        ...one.failures.map((failure) => `  failed: ${failure}`),
      ].join("\n");
    })
    .join("\n");
}

function million(perSecond: number): string {
  return `${(perSecond / 1e6).toFixed(3)} M/s`;
}
