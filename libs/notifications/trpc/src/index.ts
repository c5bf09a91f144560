export { createNotificationsRouter, type NotificationsApi } from "./notifications-router.ts";
