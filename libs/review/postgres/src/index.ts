export { reviewMigrations } from "./migrations-folder.ts";
export { createRequestOwners } from "./request-owners.ts";
export { createReviewStore } from "./review-store.ts";
