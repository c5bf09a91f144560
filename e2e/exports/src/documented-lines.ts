import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { promisify } from "node:util";

const document = resolve(import.meta.dirname, "../../../libs/snapshot/http/docs/read-files.md");
const blocks = /```(python|sh)(?: (spark|httpfs))?\n(.*?)```/gs;

/** Who runs lines of their own; `readers` is everybody else. */
export type LineRunner = "readers" | "spark" | "httpfs";

const spark = `
from pyspark.sql import SparkSession
builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
spark = builder.config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1").getOrCreate()
`;
/** From a package, where the document has it from DuckDB's own server. */
const httpfs = `
import os, duckdb, duckdb_extension_httpfs
folder = os.path.dirname(duckdb_extension_httpfs.__file__)
duckdb.execute("SET extension_directory = 'extensions'")
duckdb.install_extension(f"{folder}/extensions/v{duckdb.__version__}/httpfs.duckdb_extension")
`;
const prefaces: Readonly<Record<LineRunner, string>> = { readers: "", spark, httpfs };
const reports: Readonly<Record<LineRunner, string>> = {
  readers: `
print(json.dumps({
    "answers": [len(pandas_frame), len(polars_frame), sum(count for _, count, _ in duckdb_rows), len(pandas.read_csv("points.csv"))],
    "tables": [len(pandas_table), len(polars_table), duckdb_table.aggregate("count(*)").fetchall()[0][0]],
    "waves": [
        pandas_frame[pandas_frame["key"] == "wave"]["value"].sum(),
        polars_frame.filter(polars.col("key") == "wave")["value"].sum(),
        sum(value for key, _, value in duckdb_rows if key == "wave"),
    ],
}))`,
  spark: `
wave = lambda frame: frame.where("key = 'wave' and step > 1").selectExpr("sum(value)").collect()[0][0]
print(json.dumps({
    "answers": [spark_frame.count()], "tables": [spark_table.count()], "waves": [wave(spark_frame), wave(spark_table)],
}))`,
  httpfs: `
wave = linked_table.filter("key = 'wave' AND step > 1").aggregate("sum(value)").fetchall()[0][0]
print(json.dumps({"answers": [], "tables": [linked_table.aggregate("count(*)").fetchall()[0][0]], "waves": [wave]}))`,
};

/** What the documented lines found, each in its own way. */
export interface Found {
  /** Rows of the documented statement. */
  readonly answers: readonly number[];
  /** Rows of all files of metric points. */
  readonly tables: readonly number[];
  /** The sum of one metric in the documented statement. */
  readonly waves: readonly number[];
}

/**
 * Runs what `read-files.md` says, as it stands there: Python as one program, shell lines through a shell where they come.
 * Spark and DuckDB with `httpfs` have environments of their own, and need of the rest only what their lines stand on.
 */
export async function runDocumentedLines(
  who: LineRunner,
  place: { readonly python: string; readonly url: string; readonly folder: string },
): Promise<Found> {
  const found = [...(await readFile(document, "utf8")).matchAll(blocks)].map(
    ([, language, mark, code = ""], number) => ({
      // The first one says what all others use.
      isWanted:
        number === 0 ||
        (language === "sh" && who !== "httpfs") ||
        mark === (who === "readers" ? undefined : who),
      code:
        language === "python"
          ? code
          : `subprocess.run(${JSON.stringify(code)}, shell=True, check=True, executable="/bin/bash")\n`,
    }),
  );
  const lines = found.filter(({ isWanted }) => isWanted).map(({ code }) => code);
  const program = ["import subprocess", prefaces[who], ...lines, reports[who]].join("\n");
  const { stdout } = await promisify(execFile)(
    place.python,
    ["-c", program.replaceAll("http://127.0.0.1:5050", place.url)],
    { cwd: place.folder, env: { ...process.env, BASE: place.url }, timeout: 180_000 },
  );
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as Found;
}
