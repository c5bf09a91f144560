import { ensureEnvironment, PythonUnavailable } from "@runweir/python";
import { type Counts, withoutIt } from "./counts.ts";

/**
 * Calls `use` with the interpreter of an environment. Where there can be none, that is a failure under RUNWEIR_STRICT=1
 * and a loud skip otherwise.
 */
export async function withPython(
  environment: string,
  use: (python: string) => Promise<Counts>,
): Promise<Counts> {
  let python: string;
  try {
    python = await ensureEnvironment(environment);
  } catch (error) {
    if (!(error instanceof PythonUnavailable)) throw error;
    return withoutIt(`what needs ${environment}`, error.message);
  }
  return use(python);
}

/** The environment for Python under test: nothing is reported to anybody, nothing is left in source folders. */
export function pythonVariables(url: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    MLFLOW_TRACKING_URI: url,
    MLFLOW_DISABLE_TELEMETRY: "true",
    DO_NOT_TRACK: "true",
    GIT_PYTHON_REFRESH: "quiet",
    PYTHONDONTWRITEBYTECODE: "1",
    PYTHONUNBUFFERED: "1",
  };
}
