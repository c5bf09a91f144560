import { localOwner } from "@runweir/identity-domain";
import { batchOf } from "@runweir/ingest-domain/testing";
import { startTestPostgres } from "@runweir/postgres/testing";
import type { RunTableField } from "@runweir/tracking-domain";
import { openBothWays } from "@runweir/tracking-duckdb/testing";
import { createDirectLog } from "@runweir/tracking-postgres";

const sizes = [1_000, 2_000, 5_000, 10_000, 20_000, 50_000];
const metrics = 20;
const params = 20;
const caller = localOwner("bench");
const viewType = "ACTIVE_ONLY" as const;

type Place = Awaited<ReturnType<typeof openBothWays>>;

/**
 * From how many runs on a snapshot answers sooner than Postgres: medians in milliseconds, everything included but HTTP.
 * What came of it is in `libs/tracking/domain/src/analysis/snapshot-pays-from.ts`.
 */
export async function benchBothWays(options: {
  readonly rounds: number;
  readonly only: string;
}): Promise<void> {
  const server = await startTestPostgres();
  process.env.RUNWEIR_TEST_POSTGRES = server.url;
  const place = await openBothWays();
  try {
    const experiments = new Map<number, string>();
    for (const runs of sizes) experiments.set(runs, await logRuns(place, runs));
    await place.database.query("ANALYZE");
    await place.pass();
    for (const [name, ask] of Object.entries(questions).filter(([name]) => name.includes(options.only)))
      for (const [runs, experimentId] of experiments) {
        const store = await median(options.rounds, () => ask(place.store, [experimentId]));
        const snapshot = await median(options.rounds, () => ask(place.snapshot, [experimentId]));
        console.log(
          `${name}, of ${runs} runs: Postgres ${store.toFixed(0)}, snapshot ${snapshot.toFixed(0)}`,
        );
      }
    for (const trouble of place.troubles) console.error("A snapshot could not be asked:", trouble);
  } finally {
    await place.close();
    await server.stop();
  }
}

async function logRuns({ database, store }: Place, runs: number): Promise<string> {
  const log = createDirectLog({ database });
  const experimentId = await store.createExperiment(caller, { name: `${runs} runs` });
  const rows = await database.query<{ run_id: string }>(
    `INSERT INTO tracking.run (run_id, workspace, experiment_id, run_name, user_id, status, start_time, artifact_uri, lifecycle_stage)
     SELECT md5($1::text || ' ' || i), 'default', $1::bigint, 'run ' || i, 'ada', 'FINISHED', 1700000000000 + i, 'a', 'active'
     FROM generate_series(1, $2::int) i RETURNING run_id`,
    [experimentId, runs],
  );
  await database.query(
    `INSERT INTO tracking.run_param SELECT run_no, 'param ' || i, (hashint8(run_no * 100 + i) % 50)::text
     FROM tracking.run, generate_series(1, $2::int) i WHERE experiment_id = $1`,
    [experimentId, params],
  );
  for (let from = 0; from < rows.length; from += 500)
    await Promise.all(
      rows.slice(from, from + 500).map(({ run_id: runId }, i) =>
        log.append({
          workspace: "default",
          runId,
          points: batchOf(
            Array.from({ length: metrics }, (_, m) => [
              `metric ${m}`,
              1,
              1,
              ((from + i) * 7_919 + m) % 10_007,
            ]),
          ),
        }),
      ),
    );
  await log.close();
  await store.listKeys(caller, [experimentId]);
  return experimentId;
}

const metric = (i: number) => ({ entity: "metric", key: `metric ${i}`, aggregate: "last" }) as const;
const below = { kind: "comparison", field: metric(3), operator: "<", value: 5_000 } as const;
const equal = {
  kind: "comparison",
  field: { entity: "param", key: "param 2" },
  operator: "!=",
  value: "7",
} as const;
const wide = (columns: number): readonly RunTableField[] =>
  Array.from({ length: columns }, (_, i) =>
    i % 2 === 0 ? metric(i / 2) : ({ entity: "param", key: `param ${(i + 1) / 2}` } as const),
  );

type Way = Place["store"];
const questions: Record<string, (way: Way, experimentIds: readonly string[]) => Promise<unknown>> = {
  "search by metric": (way, experimentIds) =>
    way.searchRuns(caller, {
      experimentIds,
      viewType,
      maxResults: 100,
      orderBy: [{ field: metric(5), ascending: true }],
    }),
  "search where, newest": (way, experimentIds) =>
    way.searchRuns(caller, {
      experimentIds,
      viewType,
      maxResults: 100,
      where: { kind: "and", operands: [below, equal] },
    }),
  "search where, by param": (way, experimentIds) =>
    way.searchRuns(caller, {
      experimentIds,
      viewType,
      maxResults: 100,
      where: { kind: "and", operands: [below, equal] },
      orderBy: [{ field: { entity: "param", key: "param 9" }, ascending: true }],
    }),
  "count where": (way, experimentIds) =>
    way.countRuns(caller, { experimentIds, viewType, where: { kind: "and", operands: [below, equal] } }),
  "table, 0 columns": (way, experimentIds) =>
    way.getRunTable(caller, { experimentIds, columns: [], limit: 50_000 }),
  "table, 4 columns": (way, experimentIds) =>
    way.getRunTable(caller, { experimentIds, columns: wide(4), limit: 50_000 }),
  "table, 40 columns": (way, experimentIds) =>
    way.getRunTable(caller, { experimentIds, columns: wide(40), limit: 50_000 }),
  "table, 40 columns of 100 runs": (way, experimentIds) =>
    way.getRunTable(caller, { experimentIds, columns: wide(40), limit: 100 }),
};

async function median(times: number, ask: () => Promise<unknown>): Promise<number> {
  const taken: number[] = [];
  for (let i = 0; i < times; i += 1) {
    const from = performance.now();
    await ask();
    taken.push(performance.now() - from);
  }
  return taken.sort((a, b) => a - b)[Math.floor((times - 1) / 2)] ?? Number.NaN;
}
