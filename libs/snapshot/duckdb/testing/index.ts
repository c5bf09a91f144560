export { createSnapshotTestPlace, openTestDuckDb } from "./snapshot-test-place.ts";
