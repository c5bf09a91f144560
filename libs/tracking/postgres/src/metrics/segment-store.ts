import type { AppliedState, DeadLetter, SegmentStore, SourceStretch } from "@runweir/ingest-domain";
import { classifyFailure, type Database, type Queryable, rethrowTranslated } from "@runweir/postgres";
import { createAnnouncer } from "../store/announcer.ts";
import { applySegments } from "./apply-segments.ts";
import { writeRefusal } from "./write-refusal.ts";

/** Postgres as the place that a log is applied to. What was applied is announced to open pages after its commit. */
export function createSegmentStore(options: { readonly database: Database }): SegmentStore {
  const { database } = options;
  // What could not be announced is found by the next sweep of maintenance, and pages ask anew after a break.
  const { announce } = createAnnouncer(database, () => {});
  return {
    async claim(source, partition) {
      const [row] = await database
        .query<{ epoch: number; next_offset: number }>(
          "SELECT epoch, next_offset FROM tracking.claim_partition($1, $2)",
          [source, partition],
        )
        .catch(rethrowWrite);
      return { epoch: row?.epoch ?? 0, nextOffset: row?.next_offset ?? 0 };
    },

    async apply({ segments, deadLetters, stretch }) {
      const applied = await (deadLetters.length === 0
        ? applySegments(database.pool, segments, stretch)
        : database.transaction(async (client) => {
            const result = await applySegments(client, segments, stretch);
            if (result.status === "applied") await setAside(client, deadLetters, stretch);
            return result;
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
    async nextOffsets(source) {
      const rows = await database
        .query<{ shard: number; next_offset: number }>(
          "SELECT shard, next_offset FROM tracking.ingest_position WHERE source = $1",
          [source],
          "tracking.next_offsets",
        )
        .catch(rethrowTranslated);
      return new Map(rows.map((row) => [row.shard, row.next_offset]));
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

async function setAside(
  client: Queryable,
  deadLetters: readonly DeadLetter[],
  { source, partition }: SourceStretch,
): Promise<void> {
  for (const letter of deadLetters) {
    await client.query(
      `INSERT INTO tracking.dead_letter (source, partition, log_offset, reason, explanation, workspace, run_id, body)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`,
      [
        source,
        partition,
        letter.offset,
        letter.reason,
        letter.explanation,
        storable(letter.workspace),
        storable(letter.runId),
        letter.body,
      ],
    );
  }
}

/** Postgres cannot keep NUL or halves of surrogate pairs in a text. */
function storable(text: string | undefined): string | null {
  return text === undefined ? null : text.replaceAll("\0", "�").toWellFormed();
}

function rethrowWrite(error: unknown): never {
  throw writeRefusal(classifyFailure(error), error);
}
