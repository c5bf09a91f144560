import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { System } from "../parts/start-system.ts";

/** What a process of the system has written to its log from now on, by line. */
export async function watchLog(system: System, process: string): Promise<() => Promise<readonly string[]>> {
  const file = join(system.folder, `${process}.log`);
  const { size } = await stat(file);
  return async () => (await readFile(file)).subarray(size).toString().split("\n");
}
