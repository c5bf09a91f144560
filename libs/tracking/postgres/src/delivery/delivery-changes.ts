import type { Queryable } from "@runweir/postgres";
import type { WorkspaceChange } from "../announce-change.ts";

/** What open pages have to hear of when dead letters are set aside or replayed: the deliveries of their runs. */
export async function deliveryChanges(
  client: Queryable,
  deadLetterIds: readonly number[],
): Promise<readonly WorkspaceChange[]> {
  if (deadLetterIds.length === 0) return [];
  const { rows } = await client.query<{ workspace: string; run_id: string; experiment_id: number }>(
    `SELECT DISTINCT r.workspace, r.run_id, r.experiment_id
     FROM tracking.dead_letter_points x
     JOIN tracking.dead_letter l ON l.dead_letter_id = x.dead_letter_id
     JOIN tracking.run r ON r.run_id = x.run_id AND r.workspace = l.workspace
     WHERE x.dead_letter_id = ANY ($1::bigint[])`,
    [deadLetterIds],
  );
  return rows.map(({ workspace, run_id, experiment_id }) => ({
    workspace,
    change: { kind: "metrics", experimentId: String(experiment_id), runId: run_id },
  }));
}
