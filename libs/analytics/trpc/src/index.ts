export { type AnalyticsApi, createAnalyticsRouter } from "./analytics-router.ts";
