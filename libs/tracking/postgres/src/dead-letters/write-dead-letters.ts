import type { DeadLetter, SourceStretch } from "@runweir/ingest-domain";
import type { Queryable } from "@runweir/postgres";
import type { WorkspaceChange } from "../announce-change.ts";
import { deliveryChanges } from "../delivery/delivery-changes.ts";

const explanationMax = 2_000;
/** Longer ones do not fit into the index, and are nobody's. */
const runIdMax = 256;

const setAside = "SELECT tracking.set_aside($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) AS id";

/**
 * Sets records aside in the transaction that passes them by. A record that is there already stays as it is. Returns what to
 * announce once the transaction is committed: the deliveries of their runs have changed.
 */
export async function writeDeadLetters(
  client: Queryable,
  letters: readonly DeadLetter[],
  { source, partition }: Pick<SourceStretch, "source" | "partition">,
): Promise<readonly WorkspaceChange[]> {
  const written: number[] = [];
  for (const letter of letters) {
    const { rows } = await client.query<{ id: number | null }>(setAside, [
      source,
      partition,
      letter.offset,
      letter.reason,
      storable(letter.explanation.slice(0, explanationMax)),
      storable(letter.workspace),
      letter.runs.map(({ runId }) => storable(runId.slice(0, runIdMax))),
      letter.runs.map(({ points }) => points ?? null),
      JSON.stringify(storableHeaders(letter.headers)),
      letter.body,
    ]);
    const id = rows[0]?.id;
    if (typeof id === "number") written.push(id);
  }
  return deliveryChanges(client, written);
}

function storableHeaders(headers: DeadLetter["headers"]): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [storable(name) ?? "", storable(value)]),
  );
}

/** Postgres cannot keep NUL or halves of surrogate pairs in a text. */
function storable(text: string | undefined): string | null {
  return text === undefined ? null : text.replaceAll("\0", "\ufffd").toWellFormed();
}
