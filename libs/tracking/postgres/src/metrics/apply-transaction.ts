import type { Authors, PartitionClaim, SourceStretch } from "@runweir/ingest-domain";
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
    .query<AuthorRow & { epoch: number; next_offset: number }>(
      "SELECT epoch, next_offset, leaders, agreed_with FROM tracking.claim_partition($1, $2)",
      [source, partition],
    )
    .catch(rethrowWrite);
  return { epoch: row?.epoch ?? 0, nextOffset: row?.next_offset ?? 0, ...toAuthors(row) };
}

export async function placePartition(
  database: Database,
  { source, partition, epoch, offset, nextOffset }: SourceStretch,
  { leaders, agreedWith }: Authors,
): Promise<number | undefined> {
  const pairs = JSON.stringify(leaders.map((leader) => [leader.epoch, leader.from]));
  const [row] = await database
    .query<{ epoch: number }>(
      `UPDATE tracking.ingest_position
       SET epoch = tracking.next_claim(epoch), next_offset = $5, leaders = $6, agreed_with = $7
       WHERE source = $1 AND shard = $2 AND epoch = $3 AND next_offset = $4 RETURNING epoch`,
      [source, partition, epoch, offset, nextOffset, pairs, agreedWith ?? null],
    )
    .catch(rethrowWrite);
  return row?.epoch;
}

export interface AuthorRow {
  /** The epoch of each leader, and from which offset on. */
  readonly leaders: readonly (readonly [epoch: number, from: number])[];
  readonly agreed_with: number | null;
}

export function toAuthors(row: AuthorRow | undefined): Authors {
  return {
    leaders: (row?.leaders ?? []).map(([epoch, from]) => ({ epoch, from })),
    agreedWith: row?.agreed_with ?? undefined,
  };
}
