export { compareWithPandas } from "./compare-with-pandas.ts";
export { createSnapshotTestPlace, openTestDuckDb } from "./snapshot-test-place.ts";
