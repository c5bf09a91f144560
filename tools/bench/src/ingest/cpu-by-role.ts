import { commandOf, cpuSeconds, processTree } from "../process-tree.ts";

export const roles = ["client", "api", "ingest", "kafka", "postgres"] as const;
export type Role = (typeof roles)[number];

/** CPU seconds so far of each part of a running Runweir, and of this process, which is the client. */
export function cpuByRole(root: number): Readonly<Record<Role, number>> {
  const { user, system } = process.cpuUsage();
  const seconds: Record<Role, number> = {
    client: (user + system) / 1_000_000,
    api: 0,
    ingest: 0,
    kafka: 0,
    postgres: 0,
  };
  for (const pid of processTree(root)) {
    const role = roleOf(commandOf(pid));
    if (role) seconds[role] += cpuSeconds(pid);
  }
  return seconds;
}

export function subtractCpu(
  after: Readonly<Record<Role, number>>,
  before: Readonly<Record<Role, number>>,
): Readonly<Record<Role, number>> {
  return Object.fromEntries(roles.map((role) => [role, after[role] - before[role]])) as Record<Role, number>;
}

function roleOf(command: string): Role | undefined {
  if (command.includes("kafka.Kafka")) return "kafka";
  if (/postgres/.test(command) && !command.includes("node")) return "postgres";
  if (command.includes("apps/ingest/src/main.ts")) return "ingest";
  if (command.includes("apps/cli/src/main.ts")) return "api";
  return undefined;
}
