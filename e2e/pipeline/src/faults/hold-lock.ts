import type { ServiceProcess } from "../parts/service-process.ts";
import type { System } from "../parts/start-system.ts";
import { until } from "../until.ts";

/**
 * - `shards`: applying stops inside its one statement, with the position already moved.
 * - `dead letters`: a delivery with a poison record stops between BEGIN and COMMIT, with its segments written.
 */
const statements = {
  shards: "SELECT FROM tracking.metric_shard FOR UPDATE",
  "dead letters": "LOCK TABLE tracking.dead_letter IN EXCLUSIVE MODE",
} as const;

/** Holds a lock in Postgres while `work` runs. */
export async function holdLock(
  { database }: System,
  what: keyof typeof statements,
  work: () => Promise<void>,
): Promise<void> {
  await database.transaction(async (client) => {
    await client.query(statements[what]);
    await work();
  });
}

/** Waits until a consumer stands before such a lock in a statement with this name in it, and returns its process. */
export async function consumerAtLock(system: System, name: string): Promise<ServiceProcess> {
  let found: ServiceProcess | undefined;
  await until(`a consumer waits for a lock in ${name}`, 30_000, async () => {
    const rows = await system.database.query<{ application_name: string }>(
      `SELECT application_name FROM pg_stat_activity
       WHERE wait_event_type = 'Lock' AND state = 'active' AND query LIKE $1 AND application_name LIKE 'ingest%'`,
      [`%${name}%`],
    );
    found = system.ingests.find(({ name }) => rows.some((row) => row.application_name === name));
    return found !== undefined;
  });
  return found as ServiceProcess;
}
