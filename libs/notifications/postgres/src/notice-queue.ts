import type { ClaimedNotice, NoticeQueue } from "@runweir/notifications-domain";
import { type Database, translateFailures } from "@runweir/postgres";

interface NoticeRow extends Omit<ClaimedNotice, "model"> {
  readonly model: string | null;
}

export function createNoticeQueue(options: { readonly database: Database }): NoticeQueue {
  const database = translateFailures(options.database);
  return {
    async claim(now, { people, leaseMs }) {
      const rows = await database.query<NoticeRow & Record<string, unknown>>(
        `WITH due AS (
           SELECT n.notice_id FROM notifications.notice n
           WHERE n.next_time <= $1 AND n.user_id IN (
             SELECT user_id FROM notifications.notice WHERE next_time <= $1 ORDER BY next_time LIMIT $2)
           FOR UPDATE SKIP LOCKED
         )
         UPDATE notifications.notice n SET next_time = $1 + $3::bigint, attempts = n.attempts + 1
         FROM due WHERE n.notice_id = due.notice_id
         RETURNING n.notice_id AS "noticeId", n.workspace, n.user_id AS "userId", n.topic, n.model,
           n.request_id AS "requestId", n.line, n.time, n.is_alone AS "isAlone", n.attempts`,
        [now, people, leaseMs],
      );
      return rows
        .map((row) => ({ ...row, model: row.model ?? undefined }))
        .sort((a, b) => a.noticeId - b.noticeId);
    },

    async nextTime() {
      const [row] = await database.query<{ next: number | null }>(
        "SELECT min(next_time) AS next FROM notifications.notice",
      );
      return row?.next ?? undefined;
    },

    async forget(noticeIds) {
      await database.query("DELETE FROM notifications.notice WHERE notice_id = ANY ($1::bigint[])", [
        noticeIds,
      ]);
    },

    async postpone(noticeIds, nextTime) {
      await database.query(
        "UPDATE notifications.notice SET next_time = $2 WHERE notice_id = ANY ($1::bigint[])",
        [noticeIds, nextTime],
      );
    },
  };
}
