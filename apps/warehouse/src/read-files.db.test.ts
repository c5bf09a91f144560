import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { ensureEnvironment } from "@runweir/python";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startInstallation } from "../testing/start-installation.ts";

// Without Python the test is skipped aloud; a strict run (continuous integration) must have it.
const python = await ensureEnvironment("readers").catch((error: Error) => error);
if (python instanceof Error && process.env.RUNWEIR_STRICT === "1") throw python;
if (python instanceof Error) console.warn(`SKIPPED, the documented lines for readers: ${python.message}`);

const document = resolve(import.meta.dirname, "../../../libs/snapshot/http/docs/read-files.md");
let place: Awaited<ReturnType<typeof startInstallation>>;
beforeAll(async () => {
  place = await startInstallation();
}, 60_000);
afterAll(() => place.stop());

/** The document as one program: its Python as it stands, its shell lines through a shell. */
function toProgram(text: string): string {
  const blocks = [...text.matchAll(/```(python|sh)\n(.*?)```/gs)].map(([, language, code = ""]) =>
    language === "python" ? code : `subprocess.run(${JSON.stringify(code)}, shell=True, check=True)\n`,
  );
  return ["import subprocess", ...blocks].join("\n").replaceAll("http://127.0.0.1:5050", place.url);
}

const report = `
print(json.dumps([
    [len(pandas_frame), pandas_frame["value"].sum()], [len(polars_frame), polars_frame["value"].sum()], duckdb_rows,
    len(pandas.read_csv("points.csv")), len(pandas_table), len(polars_table), duckdb_table.aggregate("count(*), sum(value)").fetchall(),
]))`;

test.skipIf(python instanceof Error)(
  "every documented line reads what was logged",
  async () => {
    const { run } = (await place.send("/api/2.0/mlflow/runs/create", { experiment_id: "0" })) as {
      run: { info: { run_id: string } };
    };
    const metrics = [1, 2, 3].map((step) => ({ key: "loss", value: step / 4, timestamp: step, step }));
    await place.send("/api/2.0/mlflow/runs/log-batch", { run_id: run.info.run_id, metrics });
    await place.send("/api/snapshots");
    const program = `${toProgram(await readFile(document, "utf8"))}${report}`;
    const { BASE: _, ...environment } = process.env;
    const ran = await promisify(execFile)(python as string, ["-c", program], {
      cwd: place.home,
      env: { ...environment, BASE: place.url },
      timeout: 45_000,
    });
    expect(ran.stderr).toBe("");
    expect(JSON.parse(ran.stdout)).toEqual([[2, 1.25], [2, 1.25], [["loss", 2, 1.25]], 2, 3, 3, [[3, 1.5]]]);
  },
  60_000,
);
