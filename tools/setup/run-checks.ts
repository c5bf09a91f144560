import { availableParallelism } from "node:os";
import { programOf, runProgram } from "./run-program.ts";

const checks = [
  {
    name: "format",
    what: "format and lint",
    program: "biome",
    args: ["ci", "--colors=off", "--error-on-warnings", "."],
  },
  {
    name: "lint",
    what: "type-aware lint",
    program: "oxlint",
    args: ["--type-aware", "--deny-warnings", "."],
  },
  {
    name: "types",
    what: "types of every package",
    program: "nx",
    // Several at once, on one thread each: the threads of one compiler each find out much of the same again.
    args: [
      "run-many",
      "-t",
      "typecheck",
      `--parallel=${availableParallelism()}`,
      "--outputStyle=static",
      "--",
      "--singleThreaded",
    ],
  },
  {
    name: "unused",
    what: "unused files, exports and packages",
    program: "knip",
    args: ["--no-config-hints"],
  },
  {
    name: "house",
    what: "layers, slices, names and sizes",
    program: "vitest",
    args: ["run", "--project", "unit", "tools/house"],
  },
] as const;

export type CheckName = (typeof checks)[number]["name"];

export const checkNames: readonly CheckName[] = checks.map(({ name }) => name);

/** Runs checks, prints a line for each and the output of those that found something. Returns how many did. */
export async function runChecks(names: readonly CheckName[]): Promise<number> {
  let failed = 0;
  for (const { name, what, program, args } of checks) {
    if (!names.includes(name)) continue;
    const { status, output, seconds } = await runProgram(programOf(program), args);
    if (status !== 0) {
      failed += 1;
      console.log(output.trimEnd());
    }
    console.log(`${status === 0 ? "ok    " : "FAILED"}  ${name}: ${what} (${seconds} s)`);
  }
  return failed;
}
