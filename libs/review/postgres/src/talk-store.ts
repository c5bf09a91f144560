import { type Statements, StatementValues } from "@runweir/postgres";
import type {
  Activity,
  Comment,
  Person,
  RequestEvent,
  ReviewStore,
  Thread,
  Verdict,
} from "@runweir/review-domain";

type Methods = Pick<
  ReviewStore,
  | "addVerdict"
  | "listVerdicts"
  | "addComment"
  | "findComment"
  | "editComment"
  | "removeComment"
  | "listThreads"
  | "resolveThread"
  | "addEvent"
  | "listEvents"
  | "listActivity"
>;

import { printVersion, type StoredMove, toMoves } from "./request-rows.ts";

interface CommentRow {
  readonly comment_id: number;
  readonly request_id: number;
  readonly thread_id: number | null;
  readonly anchor: string | null;
  readonly author: Person;
  readonly body: string;
  readonly creation_time: number;
  readonly edit_time: number | null;
  readonly is_deleted: boolean;
  readonly resolved_by: Person | null;
  readonly resolved_time: number | null;
  readonly [column: string]: unknown;
}

type ActivityRow = Omit<Activity, "moves" | "comment"> & {
  readonly moves: readonly StoredMove[];
  readonly comment: string | null;
  readonly [column: string]: unknown;
};

export function talkStore(database: Statements): Methods {
  return {
    async addVerdict(requestId, verdict) {
      const [row] = await database.query<{ verdict_id: number }>(
        `INSERT INTO review.verdict (request_id, reviewer, kind, body, head_digest, groups, role, time)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING verdict_id`,
        [
          requestId,
          JSON.stringify(verdict.reviewer),
          verdict.kind,
          verdict.body,
          verdict.headDigest,
          JSON.stringify(verdict.groups),
          verdict.role ?? null,
          verdict.time,
        ],
      );
      return { ...verdict, verdictId: row?.verdict_id ?? 0 };
    },

    async listVerdicts(requestId) {
      const rows = await database.query<Verdict & { role: string | null } & Record<string, unknown>>(
        `SELECT verdict_id AS "verdictId", reviewer, kind, body, head_digest AS "headDigest", groups, role, time
         FROM review.verdict WHERE request_id = $1 ORDER BY verdict_id`,
        [requestId],
      );
      return rows.map((row) => ({ ...row, role: row.role ?? undefined }));
    },

    async addComment(requestId, { threadId, anchor, author, body, creationTime, idempotencyKey }) {
      const [row] = await database.query<CommentRow>(
        `INSERT INTO review.comment (request_id, thread_id, anchor, author, body, creation_time, idempotency_key)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING RETURNING *`,
        [
          requestId,
          threadId ?? null,
          anchor ?? null,
          JSON.stringify(author),
          body,
          creationTime,
          idempotencyKey ?? null,
        ],
      );
      if (row) return { comment: toComment(row), isNew: true };
      const [known] = await database.query<CommentRow>(
        `SELECT * FROM review.comment WHERE request_id = $1 AND author->>'kind' = $2 AND author->>'id' = $3
         AND idempotency_key = $4`,
        [requestId, author.kind, author.id, idempotencyKey],
      );
      if (!known) throw new Error("The comment was not written.");
      return { comment: toComment(known), isNew: false };
    },

    async findComment(workspace, commentId) {
      const [row] = await database.query<CommentRow>(
        `SELECT c.* FROM review.comment c JOIN review.request r USING (request_id)
         WHERE r.workspace = $1 AND c.comment_id = $2::bigint`,
        [workspace, commentId],
      );
      return row && { ...toComment(row), requestId: row.request_id };
    },

    async editComment(commentId, body, now) {
      await database.query("UPDATE review.comment SET body = $2, edit_time = $3 WHERE comment_id = $1", [
        commentId,
        body,
        now,
      ]);
    },

    async removeComment(commentId, now) {
      await database.query(
        "UPDATE review.comment SET body = '', is_deleted = true, edit_time = $2 WHERE comment_id = $1",
        [commentId, now],
      );
    },

    async listThreads(requestId) {
      const rows = await database.query<CommentRow>(
        "SELECT * FROM review.comment WHERE request_id = $1 ORDER BY coalesce(thread_id, comment_id), comment_id",
        [requestId],
      );
      const threads: Thread[] = [];
      for (const row of rows) {
        const comment = toComment(row);
        const last = threads.at(-1);
        if (last?.threadId === comment.threadId)
          threads[threads.length - 1] = { ...last, comments: [...last.comments, comment] };
        else
          threads.push({
            threadId: comment.threadId,
            anchor: comment.anchor,
            comments: [comment],
            resolvedBy: row.resolved_by ?? undefined,
            resolvedTime: row.resolved_time ?? undefined,
          });
      }
      return threads;
    },

    async resolveThread(requestId, threadId, by, now) {
      const rows = await database.query(
        `UPDATE review.comment SET resolved_by = $3, resolved_time = $4
         WHERE request_id = $1 AND comment_id = $2::bigint AND thread_id IS NULL RETURNING comment_id`,
        [requestId, threadId, by === undefined ? null : JSON.stringify(by), by === undefined ? null : now],
      );
      return rows.length > 0;
    },

    async addEvent(requestId, { kind, actor, time, detail }) {
      await database.query(
        "INSERT INTO review.event (request_id, kind, actor, time, detail) VALUES ($1, $2, $3, $4, $5)",
        [requestId, kind, JSON.stringify(actor), time, JSON.stringify(detail)],
      );
    },

    listEvents: (requestId) =>
      database.query<RequestEvent & Record<string, unknown>>(
        `SELECT event_id AS "eventId", kind, actor, time, detail FROM review.event
         WHERE request_id = $1 ORDER BY event_id`,
        [requestId],
      ),

    async listActivity(workspace, model, { version, limit, before }) {
      const values = new StatementValues();
      const conditions = [`r.workspace = ${values.add(workspace)}`, `r.model = ${values.add(model)}`];
      if (version !== undefined) conditions.push(printVersion(version, values));
      if (before !== undefined) conditions.push(`e.event_id < ${values.add(before)}::bigint`);
      const rows = await database.query<ActivityRow>(
        `SELECT e.event_id AS "eventId", e.kind, e.actor, e.time, e.detail, r.request_id AS "requestId", r.title, r.moves,
           r.state, c.body AS comment
         FROM review.request r JOIN review.event e USING (request_id)
         LEFT JOIN review.comment c ON e.kind = 'commented' AND c.comment_id = (e.detail->>'comment')::bigint AND NOT c.is_deleted
         WHERE ${conditions.join(" AND ")} ORDER BY e.event_id DESC LIMIT ${values.add(limit + 1)}`,
        values.list,
      );
      const items = rows
        .slice(0, limit)
        .map((row) => ({ ...row, moves: toMoves(row.moves), comment: row.comment ?? undefined }));
      return { items, before: rows.length > limit ? items.at(-1)?.eventId : undefined };
    },
  };
}

function toComment(row: CommentRow): Comment {
  return {
    commentId: row.comment_id,
    threadId: row.thread_id ?? row.comment_id,
    anchor: row.anchor ?? undefined,
    author: row.author,
    body: row.body,
    creationTime: row.creation_time,
    editTime: row.edit_time ?? undefined,
    isDeleted: row.is_deleted,
  };
}
