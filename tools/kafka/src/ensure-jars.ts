import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { runCommand } from "./run-command.ts";

const brokerPom = resolve(import.meta.dirname, "../pom.xml");
const caches = resolve(import.meta.dirname, "../../../.cache");

/** The broker's jar files (43 MB, some seconds). Returns their folder. */
export function ensureBrokerJars(): Promise<string> {
  return ensureJars(brokerPom, "kafka");
}

/** The jar files that a pom names, fetched once per content of the pom into `.cache/<name>`. Returns their folder. */
export async function ensureJars(pom: string, name: string): Promise<string> {
  const stamp = createHash("sha256")
    .update(await readFile(pom))
    .digest("hex")
    .slice(0, 16);
  const folder = join(caches, name, stamp);
  if (existsSync(folder)) return folder;
  // Into a folder of this process first: a fetch cut short must not pass for a whole one.
  const partial = `${folder}.${process.pid}`;
  await mkdir(partial, { recursive: true });
  try {
    await runCommand("mvn", [
      "-q",
      "-B",
      "-f",
      pom,
      "dependency:copy-dependencies",
      `-DoutputDirectory=${partial}`,
    ]);
    await rename(partial, folder).catch((error: NodeJS.ErrnoException) => {
      // Another process was first; its folder is as good.
      if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST") throw error;
    });
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return folder;
}

/** What of Java is missing on this machine, in words for its user; undefined when nothing is. `what` needs it. */
export async function findMissingTool(what = "a local Kafka broker"): Promise<string | undefined> {
  for (const [command, flag, name] of [
    ["java", "-version", "Java 17 or newer"],
    ["mvn", "-v", "Maven"],
  ] as const) {
    try {
      await runCommand(command, [flag]);
    } catch {
      return `${name} is not installed (\`${command}\` does not run); ${what} needs it.`;
    }
  }
  return undefined;
}
