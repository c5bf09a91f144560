import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Database } from "@runweir/postgres";

/** What both servers hold: `versions` of each model, the greatest of them in Production, one under alias champion. */
export interface Fleet {
  readonly models: number;
  readonly versions: number;
}

export const modelName = (n: number): string => `model-${String(n).padStart(6, "0")}`;
export const championOf = (n: number, { versions }: Fleet): number => 1 + (n % (versions - 1));

const time = 1_790_000_000_000;
const linesAtOnce = 2_000;

/** Fills an empty registry by COPY: a name, an owner, two tags, an alias and its history for each model. */
export async function fillRegistry(database: Database, fleet: Fleet): Promise<void> {
  const { models, versions } = fleet;
  const numbers = Array.from({ length: models }, (_, n) => n);
  await copy(
    database,
    "registry.model (workspace, name, description, creator_id, creation_time, last_update_time, last_version, version_count)",
    numbers,
    (n) => [
      [
        "default",
        modelName(n),
        "Predicts something",
        `user-${n % 50}`,
        time + n,
        time + n,
        versions,
        versions,
      ].join("\t"),
    ],
  );
  const rows = await database.query<{ model_no: number }>(
    "SELECT model_no FROM registry.model ORDER BY name",
  );
  const no = (n: number) => rows[n]?.model_no ?? 0;
  await copy(database, "registry.model_tag", numbers, (n) => [
    `${no(n)}\tteam\tteam-${n % 20}`,
    `${no(n)}\ttask\ttask-${n % 7}`,
  ]);
  const stageOf = (version: number) => (version === versions ? "Production" : "None");
  await copy(
    database,
    `registry.model_version (model_no, version, workspace, stage, creator_id, creation_time, last_update_time, source,
       storage_location, run_id)`,
    numbers,
    (n) =>
      Array.from({ length: versions }, (_, index) => {
        const source = `mlflow-artifacts:/0/run-${n}-${index}/artifacts/model`;
        const at = time + n * versions + index;
        return [
          no(n),
          index + 1,
          "default",
          stageOf(index + 1),
          `user-${n % 50}`,
          at,
          at,
          source,
          source,
          `run-${n}-${index}`,
        ].join("\t");
      }),
  );
  const [change] = await database.query<{ change_no: number }>(
    `INSERT INTO registry.change (workspace, time, actor_id, actor_name) VALUES ('default', ${time}, 'bench', 'bench')
     RETURNING change_no`,
  );
  const changeNo = change?.change_no ?? 0;
  await copy(database, "registry.model_alias", numbers, (n) => [
    `${no(n)}\tchampion\t${championOf(n, fleet)}`,
  ]);
  await copy(
    database,
    "registry.target_history (model_no, kind, target, valid_from, version, change_no)",
    numbers,
    (n) => [
      `${no(n)}\talias\tchampion\t${time}\t${championOf(n, fleet)}\t${changeNo}`,
      `${no(n)}\tstage\tProduction\t${time}\t${versions}\t${changeNo}`,
    ],
  );
  await copy(
    database,
    "registry.stage_history (model_no, version, valid_from, stage, previous_stage, change_no)",
    numbers,
    (n) => [`${no(n)}\t${versions}\t${time}\tProduction\tNone\t${changeNo}`],
  );
  await database.query(
    "VACUUM (ANALYZE) registry.model, registry.model_version, registry.model_alias, registry.model_tag",
  );
  await database.query("VACUUM (ANALYZE) registry.target_history, registry.stage_history");
  // What was just copied is not written to disk while others are timed.
  await database.query("CHECKPOINT");
}

async function copy(
  database: Database,
  table: string,
  numbers: readonly number[],
  linesOf: (n: number) => readonly string[],
): Promise<void> {
  // The database is on this machine, under a user of its own, and reads the file itself.
  const folder = await mkdtemp(join(tmpdir(), "runweir-bench-copy-"));
  try {
    await chmod(folder, 0o755);
    const file = join(folder, "rows.tsv");
    await writeFile(file, pieces(numbers, linesOf), { mode: 0o644 });
    await database.query(`COPY ${table} FROM '${file}'`);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function* pieces(numbers: readonly number[], linesOf: (n: number) => readonly string[]) {
  for (let at = 0; at < numbers.length; at += linesAtOnce)
    yield `${numbers
      .slice(at, at + linesAtOnce)
      .flatMap(linesOf)
      .join("\n")}\n`;
}
