import type { Queryable } from "@runweir/postgres";
import { type OpenChange, recordChange } from "../history/record-change.ts";

/** Histories stay where they were made: what comes here begins one, which says so. The model's row lock is held. */
export async function recordImport(client: Queryable, workspace: string): Promise<OpenChange> {
  const { rows } = await client.query<{ now: number }>(
    "SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now",
  );
  const change = await recordChange(client, workspace, {
    actor: { id: "system", name: "Runweir" },
    now: rows[0]?.now ?? 0,
    reason: "Imported: who moved it before, and when, was not taken over.",
  });
  return { ...change, isSilent: true };
}
