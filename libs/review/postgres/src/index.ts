export { reviewMigrations } from "./migrations-folder.ts";
export { createRequestOwners } from "./request-owners.ts";
export { createReviewFeed } from "./review-feed.ts";
export { createReviewStore } from "./review-store.ts";
