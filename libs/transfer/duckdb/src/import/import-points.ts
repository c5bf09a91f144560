import { setTimeout as pause } from "node:timers/promises";
import type { DuckDb } from "@runweir/duckdb";
import { DomainError } from "@runweir/errors";
import type { Caller } from "@runweir/identity-domain";
import type { Ingestion } from "@runweir/ingest-domain";
import type { MetricReader } from "@runweir/tracking-domain";
import { createPointComparison } from "@runweir/transfer-domain";
import {
  type ExportedPoints,
  openExportedPoints,
  pointsAtOnce,
  type RunBatch,
  type RunWithPoints,
} from "./exported-points.ts";

export interface PointsTarget {
  readonly caller: Caller;
  readonly ingestion: Ingestion;
  readonly metricReader: Pick<MetricReader, "digest" | "history">;
}

const runsAtOnce = 100;
const historyPage = 50_000;
const longestWaitMs = 120_000;

/**
 * Sends the points of runs that are not here yet, the way everybody's points come, and compares what is here then, point by
 * point: by digest, and where a run has more than was exported, series by series. Returns how many are new.
 */
export async function importPoints(
  duckdb: DuckDb,
  runs: readonly RunWithPoints[],
  target: PointsTarget,
  options: { onProgress(points: number): void; onNote(note: string): void },
): Promise<number> {
  const exported = await openExportedPoints(duckdb);
  let added = 0;
  for (const group of groupsOf(runs)) {
    const wanted = await exported.digests(group);
    const differing: { readonly run: RunWithPoints; readonly before: number }[] = [];
    const missing: RunWithPoints[] = [];
    for (const run of group) {
      const here = await target.metricReader.digest(run.runId);
      if (here.digest === wanted.get(run.runId)) continue;
      differing.push({ run, before: here.points });
      if (here.points === 0 || (await compareRun(exported, target, run)).lost > 0) missing.push(run);
    }
    if (missing.length > 0) for await (const batch of exported.batches(missing)) await send(target, batch);
    for (const { run, before } of differing) {
      const { digest, points } = await target.metricReader.digest(run.runId);
      added += points - before;
      if (digest === wanted.get(run.runId)) continue;
      const { lost, altered } = await compareRun(exported, target, run);
      if (lost > 0)
        throw new DomainError(
          "internal",
          `Of run ${run.runId}, ${lost} of ${run.points} points are not here after they were sent.`,
        );
      for (const { key, count } of altered)
        options.onNote(
          `Run ${run.runId}: metric ${JSON.stringify(key)} has ${count === 1 ? "another value" : `${count} other values`} here at steps and times of the export; they stay beside its own.`,
        );
    }
    options.onProgress(group.reduce((sum, run) => sum + run.points, 0));
  }
  return added;
}

/** What of a run is not here, and which metrics have other values here. */
async function compareRun(
  exported: ExportedPoints,
  { metricReader }: PointsTarget,
  run: RunWithPoints,
): Promise<{
  readonly lost: number;
  readonly altered: readonly { readonly key: string; readonly count: number }[];
}> {
  let lost = 0;
  const altered: { key: string; count: number }[] = [];
  for (const key of await exported.keys(run)) {
    const comparison = createPointComparison(await exported.series(run, key));
    for (let offset = 0; ; offset += historyPage) {
      const page = await metricReader.history({ runId: run.runId, key, offset, limit: historyPage });
      comparison.add(page.points);
      if (offset + historyPage >= page.total) break;
    }
    const found = comparison.end();
    lost += found.lost;
    if (found.altered > 0) altered.push({ key, count: found.altered });
  }
  return { lost, altered };
}

function* groupsOf(runs: readonly RunWithPoints[]): Generator<readonly RunWithPoints[]> {
  let group: RunWithPoints[] = [];
  let points = 0;
  for (const run of runs) {
    if (group.length > 0 && (points + run.points > pointsAtOnce || group.length === runsAtOnce)) {
      yield group;
      group = [];
      points = 0;
    }
    group.push(run);
    points += run.points;
  }
  if (group.length > 0) yield group;
}

/** Turned away for the moment is asked to wait; the server merges what it was sent. */
async function send({ caller, ingestion }: PointsTarget, runs: RunBatch): Promise<void> {
  const deadline = performance.now() + longestWaitMs;
  for (;;) {
    try {
      const receipts = await ingestion.append(caller, { runs, acknowledgement: "applied" });
      const refused = receipts.find((receipt) => receipt.status !== "accepted");
      if (!refused) return;
      throw new DomainError(
        "conflict",
        `Run ${refused.runId} was deleted while it was imported. Import again.`,
      );
    } catch (error) {
      const wait = error instanceof DomainError ? error.retryAfterSeconds : undefined;
      if (wait === undefined || performance.now() > deadline) throw error;
      await pause(wait * 1_000);
    }
  }
}
