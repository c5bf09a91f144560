import { readFileSync } from "node:fs";

/**
 * Megabytes of this process that count against its limit (RLIMIT_DATA); 0 where the system does not say. DuckDB's
 * allocator (jemalloc) gives memory back but keeps the addresses, and those count too: once grown, always grown.
 */
export function countedMegabytes(): number {
  try {
    const kilobytes = /^VmData:\s+(\d+) kB/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
    return Number(kilobytes ?? 0) / 1_024;
  } catch {
    return 0;
  }
}
