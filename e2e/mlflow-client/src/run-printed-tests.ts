import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Counts } from "./counts.ts";

/** Runs a program of tests that ends by printing `N passed, N failed`, and shows what it prints. */
export async function runPrintedTests(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<Counts> {
  const program = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"], env });
  let output = "";
  program.stdout.on("data", (data: Buffer) => {
    output += data.toString("utf8");
    process.stdout.write(data);
  });
  await once(program, "close");
  const [, passed, failed] = /(\d+) passed, (\d+) failed/.exec(output) ?? [];
  // One that ends without its counts has not run to its end.
  return passed === undefined || failed === undefined
    ? { passed: 0, failed: 1, skipped: 0 }
    : { passed: Number(passed), failed: Number(failed), skipped: 0 };
}
