import type { DeadLetter, SourceStretch } from "@runweir/ingest-domain";
import type { InboundEntry, InboundOutcome, InboundStore } from "@runweir/ingest-inbound";
import type { Database, Queryable } from "@runweir/postgres";
import { writeDeadLetters } from "../dead-letters/write-dead-letters.ts";
import { applyTransaction, claimPartition, placePartition } from "../metrics/apply-transaction.ts";
import { rethrowWrite } from "../metrics/write-refusal.ts";
import { createAnnouncer } from "../store/announcer.ts";
import { applyInbound, type InboundWays } from "./apply-inbound.ts";

/**
 * Postgres as the place that the inbound topic is applied to. Events follow the rules of the tracking service, which
 * `trackingOver` makes over a store that writes in the same transaction as the position moves: an owner that was fenced
 * meanwhile takes everything back.
 */
export function createInboundStore(options: InboundWays & { readonly database: Database }): InboundStore {
  const { database } = options;
  // What could not be announced is found by the next sweep of maintenance, and pages ask anew after a break.
  const { announce } = createAnnouncer(database, () => {});
  return {
    claim: (source, partition) => claimPartition(database, source, partition),
    place: (stretch, authors) => placePartition(database, stretch, authors),

    async apply({ entries, deadLetters, stretch }) {
      const applied = await applyTransaction(database, async (client) => {
        if (!(await movePosition(client, stretch))) return undefined;
        const result = await applyInbound(client, entries, options);
        const refused = refusedLetters(entries, result.outcomes);
        const rejected = await writeDeadLetters(client, [...deadLetters, ...refused], stretch);
        return { ...result, changes: [...result.changes, ...rejected] };
      }).catch(rethrowWrite);
      if (!applied) return { status: "fenced" };
      for (const { workspace, change } of applied.changes) announce(workspace, change);
      return { status: "applied", outcomes: applied.outcomes, unfoldedBytes: applied.unfoldedBytes };
    },
  };
}

/** False: the position is not where the caller believes it, or under another's claim. Nobody moves it until the commit. */
async function movePosition(client: Queryable, stretch: SourceStretch): Promise<boolean> {
  const { source, partition, epoch, offset, nextOffset } = stretch;
  const { rowCount } = await client.query(
    `UPDATE tracking.ingest_position SET next_offset = $5
     WHERE source = $1 AND shard = $2 AND epoch = $3 AND next_offset = $4`,
    [source, partition, epoch, offset, nextOffset],
  );
  return rowCount === 1;
}

function refusedLetters(
  entries: readonly InboundEntry[],
  outcomes: readonly InboundOutcome[],
): readonly DeadLetter[] {
  return outcomes.flatMap((outcome, i) => {
    if (outcome.status !== "refused") return [];
    const { offset, workspace, headers, body } = entries[i] as InboundEntry;
    const { reason, runs, explanation } = outcome;
    return [{ offset, reason, explanation, workspace, runs, headers, body }];
  });
}
