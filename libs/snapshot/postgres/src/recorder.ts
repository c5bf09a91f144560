import { DomainError } from "@runweir/errors";
import type { Database } from "@runweir/postgres";

const waitMilliseconds = 30_000;

/**
 * Has changes recorded for another week. Before everything is read (anew), waits until every transaction has ended that
 * may not have known of it: what those wrote is visible then.
 */
export async function keepRecording(database: Database, workspace: string): Promise<void> {
  const xid = await database.transaction(async (client) => {
    // Left alone while it lasts: another builder has this row in its sight.
    await client.query(
      `INSERT INTO snapshot.recorder AS k (workspace, until, complete)
       VALUES ($1, now() + interval '7 days', false)
       ON CONFLICT (workspace) DO UPDATE SET until = EXCLUDED.until, complete = k.complete AND k.until > now()
       WHERE k.until < now() + interval '6 days'`,
      [workspace],
    );
    const { rows } = await client.query<{ xid: string }>(
      "SELECT pg_current_xact_id()::text AS xid FROM snapshot.recorder WHERE workspace = $1 AND NOT complete",
      [workspace],
    );
    return rows[0]?.xid;
  });
  if (xid === undefined) return;
  for (let waited = 0; waited < waitMilliseconds; waited += 50) {
    const [row] = await database.query<{ over: boolean }>(
      "SELECT pg_snapshot_xmin(pg_current_snapshot()) > $1::xid8 AS over",
      [xid],
    );
    if (row?.over) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new DomainError(
    "unavailable",
    "A transaction has been open for half a minute; the next snapshot waits for it to end.",
    { retryAfterSeconds: 60 },
  );
}
