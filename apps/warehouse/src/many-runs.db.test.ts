import { batchOf } from "@runweir/ingest-domain/testing";
import { createDirectLog } from "@runweir/tracking-postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startInstallation } from "../testing/start-installation.ts";

/** As many as parallel coordinates draw, and a few that there is no room for. */
const linesMax = 20_000;
const runs = linesMax + 5;
const started = 1_700_000_000_000;

let place: Awaited<ReturnType<typeof startInstallation>>;
let experimentId: string;

/** What was logged of the run with this number; some have no depth, and the loss of some is no number. */
const lrOf = (run: number) => String((run % 97) / 1_000);
const depthOf = (run: number) => (run % 10 === 0 ? null : String(run % 7));
const lossOf = (run: number) => (run % 1_000 === 0 ? Number.NaN : ((run * 7_919) % 10_007) / 8);

beforeAll(async () => {
  place = await startInstallation();
  const made = await place.send<{ experiment_id: string }>("/api/2.0/mlflow/experiments/create", {
    name: "many",
  });
  experimentId = made.experiment_id;
  const rows = await place.database.query<{ run_id: string; run_name: string }>(
    `INSERT INTO tracking.run (run_id, workspace, experiment_id, run_name, user_id, status, start_time, artifact_uri, lifecycle_stage)
     SELECT md5(i::text), 'default', $1::bigint, i::text, 'ada', 'FINISHED', $3::bigint + i, 'a', 'active'
     FROM generate_series(1, $2::int) i RETURNING run_id, run_name`,
    [experimentId, runs, started],
  );
  await place.database.query(
    `INSERT INTO tracking.run_param
     SELECT run_no, key, value FROM tracking.run JOIN unnest($1::text[], $2::text[], $3::text[]) AS p(run, key, value)
     ON run_name = p.run WHERE value IS NOT NULL`,
    [
      rows.flatMap(({ run_name }) => [run_name, run_name]),
      rows.flatMap(() => ["lr", "depth"]),
      rows.flatMap(({ run_name }) => [lrOf(Number(run_name)), depthOf(Number(run_name))]),
    ],
  );
  const log = createDirectLog({ database: place.database });
  for (let from = 0; from < rows.length; from += 500)
    await Promise.all(
      rows.slice(from, from + 500).map(({ run_id: runId, run_name }) =>
        log.append({
          workspace: "default",
          runId,
          points: batchOf([
            ["loss", 1, 1, 1],
            ["loss", 2, 2, lossOf(Number(run_name))],
          ]),
        }),
      ),
    );
  await log.close();
});
afterAll(() => place?.stop());

interface Table {
  readonly total: number;
  readonly runIds: readonly string[];
  readonly runNames: readonly string[];
  readonly columns: readonly (readonly (string | number | null)[])[];
  readonly source: { readonly from: string };
}

/** As the page asks for its lines. */
async function askForLines(): Promise<{ readonly table: Table; readonly bytes: number }> {
  const input = {
    experimentIds: [experimentId],
    filter: "",
    columns: [
      { entity: "param", key: "lr" },
      { entity: "param", key: "depth" },
      { entity: "attribute", key: "start_time" },
      { entity: "metric", key: "loss", aggregate: "last" },
    ],
    limit: linesMax,
  };
  const answer = await fetch(
    `${place.url}/trpc/tracking/analyses.table?input=${encodeURIComponent(JSON.stringify(input))}`,
  );
  const text = await answer.text();
  if (answer.status !== 200) throw new Error(`${answer.status} ${text.slice(0, 500)}`);
  const { result } = JSON.parse(text) as { readonly result: { readonly data: Table } };
  return { table: result.data, bytes: text.length };
}

function expectLines({ table, bytes }: Awaited<ReturnType<typeof askForLines>>): void {
  // Started last comes first; those that started first have no line, but are counted.
  const numbers = Array.from({ length: linesMax }, (_, i) => runs - i);
  expect(table.total).toBe(runs);
  expect(table.runNames).toEqual(numbers.map(String));
  expect(new Set(table.runIds).size).toBe(linesMax);
  expect(table.columns[0]).toEqual(numbers.map(lrOf));
  expect(table.columns[1]).toEqual(numbers.map(depthOf));
  expect(table.columns[2]).toEqual(numbers.map((run) => started + run));
  expect(table.columns[3]).toEqual(numbers.map((run) => (Number.isNaN(lossOf(run)) ? "NaN" : lossOf(run))));
  // An id, a name and four values of each run, and nothing else of it.
  expect(bytes).toBeLessThan(linesMax * 100);
}

test("parallel coordinates get each of 20,000 runs, exactly and alike from Postgres and a snapshot", async () => {
  const fromPostgres = await askForLines();
  expect(fromPostgres.table.source).toEqual({ from: "postgres" });
  expectLines(fromPostgres);
  await place.send("/api/snapshots");
  const fromSnapshot = await askForLines();
  expect(fromSnapshot.table.source).toMatchObject({ from: "snapshot" });
  expectLines(fromSnapshot);
  expect(fromSnapshot.table.runIds).toEqual(fromPostgres.table.runIds);
});
