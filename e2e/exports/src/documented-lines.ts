import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { promisify } from "node:util";

const document = resolve(import.meta.dirname, "../../../libs/snapshot/http/docs/read-files.md");
const blocks = /```(python|sh)( spark)?\n(.*?)```/gs;

const spark = `
from pyspark.sql import SparkSession
builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
spark = builder.config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1").getOrCreate()
`;
const reports = {
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
 * Spark has an environment of its own, and needs of the rest only what its own lines stand on.
 */
export async function runDocumentedLines(
  who: "readers" | "spark",
  place: { readonly python: string; readonly url: string; readonly folder: string },
): Promise<Found> {
  const found = [...(await readFile(document, "utf8")).matchAll(blocks)].map(
    ([, language, mark, code = ""], number) => ({
      // The first one says what all others use.
      isWanted: number === 0 || language === "sh" || (mark !== undefined) === (who === "spark"),
      code:
        language === "python"
          ? code
          : `subprocess.run(${JSON.stringify(code)}, shell=True, check=True, executable="/bin/bash")\n`,
    }),
  );
  const lines = found.filter(({ isWanted }) => isWanted).map(({ code }) => code);
  const program = ["import subprocess", who === "spark" ? spark : "", ...lines, reports[who]].join("\n");
  const { stdout } = await promisify(execFile)(
    place.python,
    ["-c", program.replaceAll("http://127.0.0.1:5050", place.url)],
    { cwd: place.folder, env: { ...process.env, BASE: place.url }, timeout: 180_000 },
  );
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as Found;
}
