export { notificationsMigrations } from "./migrations-folder.ts";
export { createNoticeQueue } from "./notice-queue.ts";
export { createPreferenceStore } from "./preference-store.ts";
export { queueNotices } from "./queue-notices.ts";
