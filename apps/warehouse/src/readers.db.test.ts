import { join } from "node:path";
import { distinctRows, type PointRow } from "@runweir/ingest-domain/testing";
import { ensureEnvironment } from "@runweir/python";
import { openSnapshotFolder } from "@runweir/snapshot-duckdb";
import { compareWithPandas } from "@runweir/snapshot-duckdb/testing";
import { createSnapshotCatalog } from "@runweir/snapshot-postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startInstallation } from "../testing/start-installation.ts";

// Without Python the test is skipped aloud; a strict run (continuous integration) must have it.
const python = await ensureEnvironment("readers").catch((error: Error) => error);
if (python instanceof Error && process.env.RUNWEIR_STRICT === "1") throw python;
if (python instanceof Error) console.warn(`SKIPPED, snapshots as pandas sees them: ${python.message}`);

let place: Awaited<ReturnType<typeof startInstallation>>;
beforeAll(async () => {
  place = await startInstallation();
});
afterAll(() => place.stop());

/** Small and the same everywhere. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Multiples of an eighth, whose sums are exact in every order; few steps and times, so that points repeat. */
function anyPoint(random: () => number): PointRow {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const value = pick([
    Math.floor(random() * 1_000) / 8,
    -Math.floor(random() * 1_000) / 8,
    Math.floor(random() * 10) / 8,
    pick([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 0, 2 ** -1_070, 2 ** 60]),
  ]);
  const step = random() < 0.02 ? pick([-(2 ** 53) + 1, 2 ** 53 - 1]) : Math.floor(random() * 60) - 20;
  return [pick(["loss", "acc/ü x", "système"]), step, Math.floor(random() * 3) * 1_000, value];
}

test.skipIf(python instanceof Error)(
  "every table is what pandas computes from the original list, whatever came twice, late or out of order",
  async () => {
    if (python instanceof Error) return;
    const random = createRandom(7);
    const points = new Map<string, PointRow[]>();
    const params: Record<string, unknown>[] = [];
    const tags = new Map<string, string>();
    const experiments: { id: string; name: string }[] = [];
    for (const name of ["one", `"two", 'quoted' 😀`]) {
      const { experiment_id: id } = await place.send<{ experiment_id: string }>(
        "/api/2.0/mlflow/experiments/create",
        { name },
      );
      experiments.push({ id, name });
    }
    for (let i = 0; i < 12; i += 1) {
      const { run } = await place.send<{ run: { info: { run_id: string } } }>("/api/2.0/mlflow/runs/create", {
        experiment_id: experiments[i % 2]?.id,
        run_name: `run ${i}`,
        user_id: "ada",
        start_time: 1_700_000_000_000 + i,
      });
      points.set(run.info.run_id, []);
      // MLflow's clients look for the name there.
      tags.set(JSON.stringify([run.info.run_id, "mlflow.runName"]), `run ${i}`);
    }
    const runIds = [...points.keys()];

    /** Some of it is sent again, in the next snapshots too. */
    const logPoints = async (runId: string, rows: readonly PointRow[]) => {
      const keys = [...new Set(rows.map(([key]) => key))];
      const run = {
        run_id: runId,
        keys,
        key: rows.map(([key]) => keys.indexOf(key)),
        step: rows.map(([, step]) => step),
        timestamp: rows.map(([, , at]) => at),
        value: rows.map(([, , , value]) => (Number.isFinite(value) ? value : String(value))),
      };
      await place.send("/ingest/v1/points", { runs: [run] });
      points.get(runId)?.push(...rows);
    };
    const makeSnapshot = async (): Promise<Readonly<Record<string, number>>> => {
      const { number } = await place.send<{ number: number }>("/api/snapshots");
      const catalog = createSnapshotCatalog(place.database);
      const lease = await catalog.lease("default", { holder: "pandas", seconds: 600, seq: number });
      const folder = openSnapshotFolder(join(place.home, "snapshots/default"));
      const manifest = await folder.readManifest(lease.manifestPath, lease.manifestSha256);
      const tables = Object.groupBy(manifest.files, ({ table }) => table);
      const numbers = await place.database.query<{ run_id: string; run_no: number; experiment_id: number }>(
        "SELECT run_id, run_no, experiment_id FROM tracking.run WHERE lifecycle_stage = 'active'",
      );
      const ofRun = new Map(numbers.map((row) => [row.run_id, row]));
      const present = [...points].filter(([runId]) => ofRun.has(runId));
      return compareWithPandas(
        python,
        {
          points: new Map(present),
          runs: numbers.map((row) => {
            const i = runIds.indexOf(row.run_id);
            return {
              ...row,
              run_name: `run ${i}`,
              user_id: "ada",
              status: "RUNNING",
              start_time: 1_700_000_000_000 + i,
              end_time: null,
            };
          }),
          params: params.filter(({ run_id }) => ofRun.has(String(run_id))),
          tags: [...tags]
            .map(([name, value]) => ({ name: JSON.parse(name) as [string, string], value }))
            .filter(({ name: [runId] }) => ofRun.has(runId))
            .map(({ name: [runId, key], value }) => ({ ...ofRun.get(runId), key, value })),
          experiments: [
            { experiment_id: 0, name: "Default" },
            ...experiments.map(({ id, name }) => ({ experiment_id: Number(id), name })),
          ],
        },
        {
          tables: Object.fromEntries(
            Object.entries(tables).map(([name, files = []]) => [
              name,
              files.map(({ path }) => folder.locate(path)),
            ]),
          ),
          hidden: [...manifest.hidden, ...(await catalog.findHidden("default", number))],
        },
      );
    };

    const long = runIds[0] as string;
    const longRows = Array.from({ length: 12_000 }, (_, i): PointRow => {
      const value = random() < 0.01 ? Number.NaN : Math.floor(random() * 1e6) / 8;
      return ["long", i * 3 - 5_000, 1_700_000_000_000 + i, value];
    });
    for (const [round, runId] of runIds.entries()) {
      const { run_no, experiment_id } = (
        await place.database.query<{ run_no: number; experiment_id: number }>(
          "SELECT run_no, experiment_id FROM tracking.run WHERE run_id = $1",
          [runId],
        )
      )[0] as { run_no: number; experiment_id: number };
      for (const [key, value, value_num] of [
        ["lr", "1e-3", 0.001],
        ["näme", "a 'quoted' text", null],
        ["n", String(round), round],
      ] as const) {
        await place.send("/api/2.0/mlflow/runs/log-parameter", { run_id: runId, key, value });
        params.push({ experiment_id, run_no, run_id: runId, key, value, value_num });
      }
      for (let batch = 0; batch < 4; batch += 1) {
        const rows = Array.from({ length: 200 }, () => anyPoint(random));
        await logPoints(runId, rows);
        // A client that heard nothing sends it again.
        if (batch % 2 === 0) await logPoints(runId, rows);
      }
      await logPoints(
        long,
        longRows.filter((_, i) => i % 12 === (round * 5) % 12),
      );
      if (round % 4 === 3) expect((await makeSnapshot()).runs).toBe(12);
    }
    for (const [runId, value] of [
      [long, "a\nb"],
      [runIds[3] as string, "😀"],
    ] as const) {
      await place.send("/api/2.0/mlflow/runs/set-tag", { run_id: runId, key: "note", value });
      tags.set(JSON.stringify([runId, "note"]), value);
    }
    await place.send("/api/2.0/mlflow/runs/delete", { run_id: runIds[5] });
    expect((await makeSnapshot()).runs).toBe(11);
    await place.send("/api/2.0/mlflow/runs/restore", { run_id: runIds[5] });
    const counts = await makeSnapshot();
    expect(counts.runs).toBe(12);
    const distinct = [...points.values()].map((rows) =>
      distinctRows(rows.map(([key, step, at, value]): PointRow => [key, step, at, value + 0])),
    );
    expect(counts.metric_points).toBe(distinct.reduce((sum, rows) => sum + rows.length, 0));
    expect(counts.metric_rollup).toBeGreaterThan(250);
  },
);
