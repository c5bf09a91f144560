import {
  dueTime,
  noticesOf,
  type Preferences,
  type RequestView,
  type ReviewEvent,
  usualPreferences,
} from "@runweir/notifications-domain";
import type { HandleEvents } from "@runweir/outbox";
import { preferenceColumns } from "./preference-store.ts";

/** The outbox's reader for e-mail: writes down who is to be told what of reviews. */
export function queueNotices(options: {
  readonly clock: { now(): number };
  /** Undefined for what is gone. */
  viewRequest(event: ReviewEvent, requestId: number): Promise<RequestView | undefined>;
  membersOf(groupId: string): Promise<readonly string[]>;
}): HandleEvents {
  return async (transaction, events) => {
    const now = options.clock.now();
    for (const event of events) {
      const { request } = event.subject;
      if (!event.kind.startsWith("review.") || typeof request !== "number") continue;
      const view = await options.viewRequest(event, request);
      if (view === undefined) continue;
      const members = new Map<string, readonly string[]>();
      for (const { kind, id } of [...view.reviewers, ...view.mentioned])
        if (kind === "group") members.set(id, await options.membersOf(id));
      const notices = noticesOf(event, view, (groupId) => members.get(groupId) ?? []);
      const { rows } = await transaction.query<Preferences & { user_id: string }>(
        `SELECT p.user_id, ${preferenceColumns} FROM notifications.preference p WHERE p.user_id = ANY ($1::text[])`,
        [notices.map(({ userId }) => userId)],
      );
      const kept = new Map(rows.map((row) => [row.user_id, row]));
      for (const { workspace, userId, topic, model, requestId, line, time } of notices) {
        const preferences = kept.get(userId) ?? usualPreferences;
        const due = dueTime(topic, preferences, now);
        if (due === undefined) continue;
        await transaction.query(
          `INSERT INTO notifications.notice (workspace, user_id, topic, model, request_id, line, time, is_alone, next_time)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
          [
            workspace,
            userId,
            topic,
            model ?? null,
            requestId,
            line,
            time,
            preferences[topic] === "at_once",
            due,
          ],
        );
      }
    }
  };
}
