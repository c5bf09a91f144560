import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openDuckDb } from "@runweir/duckdb";

export interface GeneratedFiles {
  readonly tables: Readonly<Record<string, readonly string[]>>;
  readonly points: number;
  readonly runs: number;
  readonly experiments: number;
}

export const keys = 10;
export const runsPerExperiment = 100;
const steps = 500;
const experimentsPerFile = 20;

/** What is in the folder, if that is so many points; else written now, and told by its list, which is written last. */
export async function prepareFiles(folder: string, wanted: number): Promise<GeneratedFiles> {
  const list = join(folder, "generated.json");
  const text = await readFile(list, "utf8").catch(() => undefined);
  const known = text === undefined ? undefined : (JSON.parse(text) as GeneratedFiles);
  if (known?.points === sizeOf(wanted).points) return known;
  const files = await writeFiles(folder, wanted);
  await writeFile(`${list}.new`, JSON.stringify(files));
  await rename(`${list}.new`, list);
  return files;
}

function sizeOf(wanted: number): Omit<GeneratedFiles, "tables"> {
  const experiments = Math.max(1, Math.round(wanted / (keys * steps * runsPerExperiment)));
  const runs = experiments * runsPerExperiment;
  return { experiments, runs, points: runs * keys * steps };
}

/** Tables as the warehouse writes them: sorted alike, in the same encodings, with values that hardly compress. */
async function writeFiles(folder: string, wanted: number): Promise<GeneratedFiles> {
  const size = sizeOf(wanted);
  const { experiments, runs } = size;
  await mkdir(folder, { recursive: true });
  const duckdb = await openDuckDb({
    memoryMegabytes: 2_048,
    threads: 2,
    folders: [`${folder}/`],
    spillFolder: join(folder, "spill"),
    spillMegabytes: 32_768,
  });
  const write = async (name: string, query: string) => {
    const file = join(folder, `${name}.parquet`);
    await duckdb.run(`COPY (${query}) TO '${file}' (FORMAT parquet, PARQUET_VERSION v2, COMPRESSION zstd)`);
    return file;
  };
  const run = `(i // ${runsPerExperiment})::BIGINT AS experiment_id, i::INTEGER AS run_no, md5(i::VARCHAR) AS run_id`;
  try {
    const points: string[] = [];
    for (let from = 0; from < experiments; from += experimentsPerFile)
      points.push(
        await write(
          `points-${from}`,
          `SELECT e::BIGINT AS experiment_id, (e * ${runsPerExperiment} + r)::INTEGER AS run_no,
             md5((e * ${runsPerExperiment} + r)::VARCHAR) AS run_id, 'metric_' || k AS key, s::BIGINT AS step,
             TIMESTAMPTZ '2026-01-01 00:00:00+00' + to_seconds(s) AS ts,
             (hash(e * 7919 + r * 31 + k * 17 + s) % 1000003) / 1000003.0 + 10.0 / (s + 1) AS value, true AS is_finite
           FROM range(${from}, ${Math.min(experiments, from + experimentsPerFile)}) a(e), range(${keys}) b(k),
             range(${runsPerExperiment}) c(r), range(${steps}) d(s) ORDER BY e, k, r, s`,
        ),
      );
    const source = `read_parquet([${points.map((file) => `'${file}'`).join(", ")}])`;
    const tables = {
      runs: [
        await write(
          "runs",
          `SELECT ${run}, 'run-' || i AS run_name, 'somebody' AS user_id,
             CASE WHEN i % 7 = 0 THEN 'FAILED' ELSE 'FINISHED' END AS status,
             TIMESTAMPTZ '2026-01-01 00:00:00+00' + to_minutes(i) AS start_time,
             MAP {'lr': (i % 10)::VARCHAR, 'depth': (i % 5)::VARCHAR} AS params FROM range(${runs}) t(i)`,
        ),
      ],
      metric_points: points,
      metric_summary: [
        await write(
          "metric_summary",
          `SELECT experiment_id, run_no, any_value(run_id) AS run_id, key, count(*) AS n, min(value) AS min,
             max(value) AS max, avg(value) AS mean, arg_min(value, step) AS first, arg_max(value, step) AS last
           FROM ${source} GROUP BY experiment_id, key, run_no ORDER BY experiment_id, key, run_no`,
        ),
      ],
    };
    return { tables, ...size };
  } finally {
    duckdb.close();
  }
}
