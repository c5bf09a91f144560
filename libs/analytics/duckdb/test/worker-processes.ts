import { readdirSync, readFileSync } from "node:fs";

/** The workers that this process has started, as Linux knows them. */
export function workerProcesses(spillRoot: string): readonly number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      const command = read(pid, "cmdline");
      return command.includes("worker/main.ts") && command.includes(spillRoot);
    });
}

/** A file of /proc; empty once the process is gone. */
export function read(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, "utf8");
  } catch {
    return "";
  }
}

export function residentMegabytes(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(read(pid, "status"))?.[1] ?? 0) / 1_024;
}

/** At any time so far. */
export function mostResidentMegabytes(pid: number): number {
  return Number(/VmHWM:\s+(\d+)/.exec(read(pid, "status"))?.[1] ?? 0) / 1_024;
}

/** Time on processors so far, in clock ticks. */
export function processorTicks(pid: number): number {
  const fields = read(pid, "stat").split(") ")[1]?.split(" ") ?? [];
  return Number(fields[11]) + Number(fields[12]);
}
