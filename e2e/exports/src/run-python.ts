import { spawnSync } from "node:child_process";
import { resolve } from "node:path";

const scripts = resolve(import.meta.dirname, "../python");

/** What a script printed; throws with all of it when it fails. Nothing is reported to anybody. */
export function runPython(
  python: string,
  script: string,
  args: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
): string {
  const { status, stdout, stderr } = spawnSync(python, [resolve(scripts, script), ...args], {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    env: {
      ...process.env,
      MLFLOW_DISABLE_TELEMETRY: "true",
      DO_NOT_TRACK: "true",
      GIT_PYTHON_REFRESH: "quiet",
      MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR: "false",
      PYTHONDONTWRITEBYTECODE: "1",
      ...environment,
    },
  });
  if (status === 0) return stdout;
  throw new Error(`${script} ${args.join(" ")} failed:\n${stdout}\n${stderr}`.slice(0, 8_000));
}
