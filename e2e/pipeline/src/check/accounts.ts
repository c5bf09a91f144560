import type { System } from "../parts/start-system.ts";

/** What became of the records of the log, as Postgres keeps account of it. */
export interface Accounts {
  /** Segments applied and recognised as repeated, by run. */
  readonly delivered: number;
  readonly deadLetters: ReadonlyMap<string, number>;
  readonly quarantined: number;
}

export async function readAccounts({ database, topic }: System): Promise<Accounts> {
  const [[sums], letters] = await Promise.all([
    database.query<{ delivered: number | null; quarantined: number }>(
      `SELECT sum(segments + repeated_segments)::bigint AS delivered,
         (SELECT count(*) FROM tracking.metric_quarantine) AS quarantined FROM tracking.run_delivery`,
    ),
    database.query<{ reason: string; count: number }>(
      "SELECT reason, count(*) AS count FROM tracking.dead_letter WHERE source = $1 GROUP BY reason",
      [topic.source],
    ),
  ]);
  return {
    delivered: Number(sums?.delivered ?? 0),
    deadLetters: new Map(letters.map((row) => [row.reason, row.count])),
    quarantined: sums?.quarantined ?? 0,
  };
}

export function lettersSince(before: Accounts, after: Accounts): Readonly<Record<string, number>> {
  const reasons = [...after.deadLetters.keys()].sort();
  return Object.fromEntries(
    reasons
      .map((reason) => [reason, (after.deadLetters.get(reason) ?? 0) - (before.deadLetters.get(reason) ?? 0)])
      .filter(([, count]) => count !== 0),
  );
}
