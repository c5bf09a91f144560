export { createGroupCurveReader } from "./group-curves/read-group-curves.ts";
export { readArrowColumns } from "./read-arrow-columns.ts";
export { NamedValues } from "./search/named-values.ts";
export { printExperiments, printRunCondition } from "./search/print-run-condition.ts";
export { createSnapshotRuns } from "./snapshot-runs.ts";
