import { delimiter, dirname, join, resolve } from "node:path";
import { ensureJars, findMissingTool } from "@runweir/kafka-broker";
import { type Counts, withoutIt } from "./counts.ts";
import type { Credentials } from "./credentials.ts";
import { pythonVariables, withPython } from "./python-part.ts";
import { runPrintedTests } from "./run-printed-tests.ts";

const tests = resolve(import.meta.dirname, "../java");

/** Our tests of the client for Java. It leaves files to MLflow's command line, so that of an environment is on its path. */
export async function runJavaTests(run: {
  readonly environment: string;
  readonly url: string;
  readonly credentials?: Credentials | undefined;
}): Promise<Counts> {
  const missing = await findMissingTool("the MLflow client for Java");
  if (missing) return withoutIt("the client for Java", missing);
  return withPython(run.environment, async (python) => {
    const jars = await ensureJars(join(tests, "pom.xml"), "java-client");
    console.log("\nThe client for Java:");
    const variables = { ...pythonVariables(run.url), ...run.credentials?.variables };
    return runPrintedTests("java", ["-cp", join(jars, "*"), join(tests, "ClientTests.java"), run.url], {
      ...variables,
      PATH: `${dirname(python)}${delimiter}${variables.PATH ?? ""}`,
    });
  });
}
