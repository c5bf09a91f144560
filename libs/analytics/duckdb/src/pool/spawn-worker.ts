import { type ChildProcess, spawn } from "node:child_process";
import module from "node:module";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

export interface WorkerLimits {
  readonly memoryMegabytes: number;
  readonly spillMegabytes: number;
}

/**
 * What Node and DuckDB have set aside before the first statement (V8 reserves its code range at once, each thread its
 * stack), and what a statement's result takes in JavaScript on its way out.
 */
const reservedMegabytes = 640;
/**
 * V8 looks through its whole heap whenever the bytes of a result have grown by a few megabytes beside it, unless it begins
 * with a larger one: a quarter of what Arrow costs. What is let go of is young, and found by `collectGarbage`.
 */
const resultMegabytes = 256;
/**
 * Of what DuckDB may take: its allocator keeps what it has given back, and its limit does not count all that a result of
 * millions of rows needs on its way out.
 */
const engineFactor = 1.75;

/**
 * What glibc maps by itself and gives back at once. Exact quantiles keep each value in memory that DuckDB's limit does not
 * count; from 32 MiB on by default, freed pieces would go on counting against the limit of the process, and the second
 * such statement would need half as much again as the first.
 */
const mappedBytes = 1_048_576;

/** Whether the system holds the memory of a process to a limit; only Linux counts all of it (RLIMIT_DATA). */
export const memoryIsHeld = process.platform === "linux";

const program = fileURLToPath(new URL("../worker/main.ts", import.meta.url));

/**
 * Starts a worker with nothing inherited but its pipes. `memory_limit` of DuckDB does not hold for one long text or
 * list; the limit of the process does, and DuckDB survives it with a clean error.
 */
export function spawnWorker(limits: WorkerLimits, spillFolder: string): ChildProcess {
  const node = [
    process.execPath,
    "--expose-gc",
    `--max-old-space-size=${resultMegabytes}`,
    `--initial-old-space-size=${resultMegabytes / 2}`,
    program,
    spillFolder,
    ...compiledSources(),
  ];
  const dataKilobytes =
    1_024 * (reservedMegabytes + resultMegabytes + Math.ceil(engineFactor * limits.memoryMegabytes));
  // Blocks of 512 bytes. Above what DuckDB allows itself, so that its own error comes first.
  const fileBlocks = 2_048 * (limits.spillMegabytes + 64);
  const bounds = [
    "ulimit -c 0",
    `ulimit -f ${fileBlocks}`,
    ...(memoryIsHeld ? [`ulimit -d ${dataKilobytes}`] : []),
  ];
  const [command, ...args] =
    process.platform === "win32"
      ? node
      : ["/bin/sh", "-c", `${bounds.join(" && ")} && exec "$@"`, "sh", ...node];
  return spawn(command as string, args, {
    cwd: spillFolder,
    env: { MALLOC_MMAP_THRESHOLD_: String(mappedBytes) },
    stdio: ["ignore", "pipe", "pipe", "ipc", "pipe"],
  });
}

/** Where this process keeps its sources as they were read; below it is a folder for each version of Node. */
function compiledSources(): readonly string[] {
  const folder = module.getCompileCacheDir();
  return folder === undefined ? [] : [dirname(folder)];
}
