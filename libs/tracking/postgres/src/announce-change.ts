import type { Queryable } from "@runweir/postgres";
import type { Change } from "@runweir/tracking-domain";

export const changeChannel = "runweir_change";

export interface WorkspaceChange {
  readonly workspace: string;
  readonly change: Change;
}

/**
 * Announces changes to every listening process when the surrounding transaction commits. Postgres merges equal
 * notifications of one transaction; a payload holds ids only and stays far under its limit of 8,000 bytes.
 */
export async function announceChanges(client: Queryable, changes: readonly WorkspaceChange[]): Promise<void> {
  if (changes.length === 0) return;
  await client.query("SELECT pg_notify($1, payload) FROM unnest($2::text[]) AS payload", [
    changeChannel,
    changes.map((change) => JSON.stringify(change)),
  ]);
}
