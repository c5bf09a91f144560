export { createReviewRouter, type ReviewApi } from "./review-router.ts";
