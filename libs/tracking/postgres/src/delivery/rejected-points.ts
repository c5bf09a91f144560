import { type DeadLetter, type DeadLetterReason, decodeSegment } from "@runweir/ingest-domain";
import type { Queryable } from "@runweir/postgres";

/**
 * Adds the points of refused segments to the delivery of their runs. Of segments for absent or deleted runs applying has
 * counted them already, and nobody can count the points of what is malformed.
 */
export async function countRefused(client: Queryable, letters: readonly DeadLetter[]): Promise<void> {
  for (const { reason, workspace, runId, body } of letters) {
    if (reason !== "refused") continue;
    await client.query(
      `INSERT INTO tracking.run_delivery AS d (run_no, rejected_points)
       SELECT run_no, $3 FROM tracking.run WHERE run_id = $1 AND workspace = $2
       ON CONFLICT (run_no) DO UPDATE SET rejected_points = d.rejected_points + EXCLUDED.rejected_points`,
      [runId, workspace, decodeSegment(body).values.length],
    );
  }
}

/** Takes the points of a replayed dead letter back: they have been applied after all. */
export async function uncountReplayed(
  client: Queryable,
  letter: { readonly reason: DeadLetterReason; readonly workspace: string | null },
  segment: { readonly runId: string; readonly points: number },
): Promise<void> {
  if (letter.reason === "run_not_found") return;
  await client.query(
    `UPDATE tracking.run_delivery d SET rejected_points = greatest(0, d.rejected_points - $3)
     FROM tracking.run r WHERE r.run_no = d.run_no AND r.run_id = $1 AND r.workspace = $2`,
    [segment.runId, letter.workspace, segment.points],
  );
}
