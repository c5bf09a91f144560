import { type Statements, StatementValues } from "@runweir/postgres";
import type { InboxEntry, InboxReader, InboxReason, ReviewStore } from "@runweir/review-domain";
import { type RequestRow, requestColumns, toRequest } from "./request-rows.ts";
import { printSeen } from "./request-store.ts";

type EntryRow = RequestRow & { readonly reason: InboxReason; readonly time: number };

export function inboxStore(
  database: Statements,
): Pick<ReviewStore, "addMentions" | "readInbox" | "markRead"> {
  return {
    async addMentions(requestId, mentions) {
      if (mentions.length === 0) return;
      await database.query(
        `INSERT INTO review.mention (request_id, kind, id, comment_id, mentioned_by, time)
         SELECT $1, m.kind, m.id, m.comment_id, m.mentioned_by, m.time
         FROM unnest($2::text[], $3::text[], $4::bigint[], $5::jsonb[], $6::bigint[])
           AS m (kind, id, comment_id, mentioned_by, time)`,
        [
          requestId,
          mentions.map(({ person }) => person.kind),
          mentions.map(({ person }) => person.id),
          mentions.map(({ commentId }) => commentId ?? null),
          mentions.map(({ by }) => JSON.stringify(by)),
          mentions.map(({ time }) => time),
        ],
      );
    },

    async readInbox(workspace, reader, limit) {
      const values = new StatementValues();
      const text = printInbox(workspace, reader, values);
      const rows = await database.query<EntryRow>(
        `${text} SELECT e.reason, e.time, ${requestColumns} FROM entry e JOIN review.request r USING (request_id)
         ORDER BY e.time DESC, r.request_id DESC LIMIT ${values.add(limit)}`,
        values.list,
      );
      const counting = new StatementValues();
      const counted = printInbox(workspace, reader, counting);
      const [counts] = await database.query<Readonly<Record<InboxReason | "waiting", number>>>(
        `${counted} SELECT count(DISTINCT request_id) FILTER (WHERE reason <> 'author') AS waiting,
           count(*) FILTER (WHERE reason = 'review_requested') AS review_requested,
           count(*) FILTER (WHERE reason = 'mentioned') AS mentioned,
           count(*) FILTER (WHERE reason = 'checks_failing') AS checks_failing FROM entry`,
        counting.list,
      );
      return {
        inbox: {
          waiting: counts?.waiting ?? 0,
          reviewRequested: counts?.review_requested ?? 0,
          mentioned: counts?.mentioned ?? 0,
          checksFailing: counts?.checks_failing ?? 0,
        },
        entries: rows.map(
          (row): InboxEntry => ({ request: toRequest(row), reason: row.reason, time: row.time }),
        ),
      };
    },

    async markRead(workspace, { kind, id }, requestId, now) {
      await database.query(
        `INSERT INTO review.read_mark (workspace, kind, id, request_id, time) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (workspace, kind, id, request_id) DO UPDATE SET time = greatest(read_mark.time, EXCLUDED.time)`,
        [workspace, kind, id, requestId ?? 0, now],
      );
    },
  };
}

/** What waits for somebody, as a common table `entry (request_id, reason, time)`. */
function printInbox(
  workspace: string,
  { person, groupIds, visible }: InboxReader,
  values: StatementValues,
): string {
  const [place, kind, id] = [values.add(workspace), values.add(person.kind), values.add(person.id)];
  const groups = `${values.add(groupIds)}::text[]`;
  const isMine = (table: string) =>
    `((${table}.kind = ${kind} AND ${table}.id = ${id}) OR (${table}.kind = 'group' AND ${table}.id = ANY (${groups})))`;
  const seen = printSeen(visible, values);
  return `WITH pending AS (
      SELECT r.request_id, r.head_digest, r.author_kind, r.author_id, r.candidate_by, r.state, r.last_update_time
      FROM review.request r
      WHERE r.workspace = ${place} AND r.state IN ('draft', 'open', 'approved', 'queued', 'rolling_out') AND ${seen}
    ), entry AS (
      SELECT p.request_id, 'review_requested' AS reason, p.last_update_time AS time FROM pending p
      WHERE p.state IN ('open', 'approved') AND NOT (p.author_kind = ${kind} AND p.author_id = ${id})
        AND NOT (p.candidate_by->>'kind' = ${kind} AND p.candidate_by->>'id' = ${id})
        AND EXISTS (SELECT FROM review.reviewer w WHERE w.request_id = p.request_id AND ${isMine("w")})
        AND NOT EXISTS (
          SELECT FROM review.verdict v WHERE v.request_id = p.request_id AND v.head_digest = p.head_digest
            AND v.reviewer->>'kind' = ${kind} AND v.reviewer->>'id' = ${id}
        )
      UNION ALL
      SELECT m.request_id, 'mentioned', max(m.time) FROM review.mention m
      JOIN review.request r USING (request_id)
      WHERE r.workspace = ${place} AND ${seen} AND ${isMine("m")} AND m.time > coalesce((
        SELECT max(k.time) FROM review.read_mark k WHERE k.workspace = ${place} AND k.kind = ${kind} AND k.id = ${id}
          AND k.request_id IN (0, m.request_id)
      ), 0) GROUP BY m.request_id
      UNION ALL
      SELECT p.request_id, 'checks_failing', p.last_update_time FROM pending p
      WHERE p.author_kind = ${kind} AND p.author_id = ${id} AND EXISTS (
        SELECT FROM review.check_run c WHERE c.request_id = p.request_id
          AND c.run->>'headDigest' = p.head_digest AND c.run->>'conclusion' IN ('failure', 'timed_out', 'action_required')
          AND c.run->>'isRequired' IS DISTINCT FROM 'false'
      )
      UNION ALL
      SELECT p.request_id, 'author', p.last_update_time FROM pending p
      WHERE p.author_kind = ${kind} AND p.author_id = ${id}
    )`;
}
