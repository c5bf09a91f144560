import type { AppliedState, SegmentStore } from "@runweir/ingest-domain";
import { type Database, rethrowTranslated } from "@runweir/postgres";
import { writeDeadLetters } from "../dead-letters/write-dead-letters.ts";
import { createAnnouncer } from "../store/announcer.ts";
import { applySegments } from "./apply-segments.ts";
import {
  type AuthorRow,
  applyTransaction,
  claimPartition,
  placePartition,
  toAuthors,
} from "./apply-transaction.ts";
import { rethrowWrite } from "./write-refusal.ts";

/** Postgres as the place that a log is applied to. What was applied is announced to open pages after its commit. */
export function createSegmentStore(options: { readonly database: Database }): SegmentStore {
  const { database } = options;
  // What could not be announced is found by the next sweep of maintenance, and pages ask anew after a break.
  const { announce } = createAnnouncer(database, () => {});
  return {
    claim: (source, partition) => claimPartition(database, source, partition),
    place: (stretch, authors) => placePartition(database, stretch, authors),

    async apply({ entries: segments, deadLetters, stretch }) {
      const applied = await (deadLetters.length === 0
        ? applySegments(database.pool, segments, stretch)
        : applyTransaction(database, async (client) => {
            const result = await applySegments(client, segments, stretch);
            if (result.status === "fenced") return result;
            const rejected = await writeDeadLetters(client, deadLetters, stretch);
            return { ...result, changes: [...result.changes, ...rejected] };
          })
      ).catch(rethrowWrite);
      if (applied.status === "applied")
        for (const { workspace, change } of applied.changes) announce(workspace, change);
      return applied;
    },
  };
}

/** What the front of a log asks of Postgres. */
export function createAppliedState(options: { readonly database: Database }): AppliedState {
  const { database } = options;
  return {
    async positions(source) {
      const rows = await database
        .query<AuthorRow & { shard: number; next_offset: number }>(
          "SELECT shard, next_offset, leaders, agreed_with FROM tracking.ingest_position WHERE source = $1",
          [source],
          "tracking.positions",
        )
        .catch(rethrowTranslated);
      return new Map(rows.map((row) => [row.shard, { nextOffset: row.next_offset, ...toAuthors(row) }]));
    },

    async runStages(runs) {
      const rows = await database
        .query<{ stage: "active" | "deleted" | null }>(
          `SELECT r.lifecycle_stage AS stage
           FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS a (run_id, workspace, place)
           LEFT JOIN tracking.run r ON r.run_id = a.run_id AND r.workspace = a.workspace
           ORDER BY a.place`,
          [runs.map((run) => run.runId), runs.map((run) => run.workspace)],
          "tracking.run_stages",
        )
        .catch(rethrowTranslated);
      return rows.map((row) => row.stage ?? undefined);
    },
  };
}
