import { spawn } from "node:child_process";
import { once } from "node:events";
import { delimiter, dirname, join, resolve } from "node:path";
import { ensureJars, findMissingTool } from "@runweir/kafka-broker";
import type { Credentials } from "./become-administrator.ts";
import { type Counts, withoutIt } from "./counts.ts";
import { pythonVariables, withPython } from "./python-part.ts";

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
    const java = spawn("java", ["-cp", join(jars, "*"), join(tests, "ClientTests.java"), run.url], {
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...variables, PATH: `${dirname(python)}${delimiter}${variables.PATH ?? ""}` },
    });
    let output = "";
    java.stdout.on("data", (data: Buffer) => {
      output += data.toString("utf8");
      process.stdout.write(data);
    });
    await once(java, "close");
    const [, passed, failed] = /(\d+) passed, (\d+) failed/.exec(output) ?? [];
    // One that ends without its counts has not run to its end.
    return passed === undefined || failed === undefined
      ? { passed: 0, failed: 1, skipped: 0 }
      : { passed: Number(passed), failed: Number(failed), skipped: 0 };
  });
}
