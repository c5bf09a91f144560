import type { PartitionClaim } from "@runweir/ingest-domain";
import type { Database, Queryable } from "@runweir/postgres";
import { rethrowWrite } from "./write-refusal.ts";

/**
 * One transaction of several statements that moves a position. While it is open, nobody else can claim the partition, so
 * Postgres ends it when its process stands still.
 */
export function applyTransaction<T>(database: Database, work: (client: Queryable) => Promise<T>): Promise<T> {
  return database.transaction(async (client) => {
    await client.query("SET LOCAL idle_in_transaction_session_timeout = '5s'");
    return work(client);
  });
}

export async function claimPartition(
  database: Database,
  source: string,
  partition: number,
): Promise<PartitionClaim> {
  const [row] = await database
    .query<{ epoch: number; next_offset: number }>(
      "SELECT epoch, next_offset FROM tracking.claim_partition($1, $2)",
      [source, partition],
    )
    .catch(rethrowWrite);
  return { epoch: row?.epoch ?? 0, nextOffset: row?.next_offset ?? 0 };
}
