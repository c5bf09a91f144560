export { composeMail } from "./compose-mail.ts";
export { dueTime } from "./due-time.ts";
export type { Notice, PersonId, RequestView, ReviewEvent } from "./notice.ts";
export type { ClaimedNotice, NoticeQueue } from "./notice-queue.ts";
export { noticesOf } from "./notices-of.ts";
export {
  createNotificationPreferences,
  type NotificationPreferences,
  type PreferenceStore,
} from "./preferences.ts";
export { type Preferences, type Topic, topics, usualPreferences, type Wish, wishes } from "./topic.ts";
