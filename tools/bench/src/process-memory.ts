import { readFileSync } from "node:fs";
import { processTree } from "./process-tree.ts";

/**
 * Memory of a process and all its descendants in bytes: the sum of proportional set sizes, so that pages shared between
 * processes (Postgres' buffers, forked workers) count once. Linux only.
 */
export function memoryOfTree(root: number): number {
  return processTree(root).reduce((total, pid) => total + memoryOf(pid), 0);
}

/** Memory of one process in bytes; 0 when it is gone. */
export function memoryOf(pid: number): number {
  try {
    const match = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "latin1"));
    return Number(match?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
