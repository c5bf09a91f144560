import type { DeadLetter, SourceStretch } from "@runweir/ingest-domain";
import type { Queryable } from "@runweir/postgres";

const explanationMax = 2_000;
/** Longer ones do not fit into the index, and are nobody's. */
const runIdMax = 256;

/** Sets records aside in the transaction that passes them by. A record that is there already stays as it is. */
export async function writeDeadLetters(
  client: Queryable,
  letters: readonly DeadLetter[],
  { source, partition }: Pick<SourceStretch, "source" | "partition">,
): Promise<void> {
  for (const letter of letters) {
    await client.query(
      `INSERT INTO tracking.dead_letter
         (source, partition, log_offset, reason, explanation, workspace, run_id, headers, body)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING`,
      [
        source,
        partition,
        letter.offset,
        letter.reason,
        storable(letter.explanation.slice(0, explanationMax)),
        storable(letter.workspace),
        storable(letter.runId?.slice(0, runIdMax)),
        JSON.stringify(storableHeaders(letter.headers)),
        letter.body,
      ],
    );
  }
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
