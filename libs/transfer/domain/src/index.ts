export { compareLoggedModel, compareModelMetrics } from "./compare/compare-logged-model.ts";
export { createPointComparison } from "./compare/compare-points.ts";
export { compareRegisteredModel, compareVersion } from "./compare/compare-registered.ts";
export { compareRun } from "./compare/compare-run.ts";
export {
  damagedExport,
  type Encoding,
  type ExportFile,
  type ExportManifest,
  manifestName,
  parseExportManifest,
  printExportManifest,
} from "./export-manifest.ts";
export {
  type ExportChoice,
  type ExportPlan,
  type PlannedPart,
  parsePlan,
  requireSameChoice,
} from "./export-plan.ts";
export { artifactFiles, exportTables, isOfRegistry } from "./export-tables.ts";
export { printExportSchema } from "./print-export-schema.ts";
export { printReadme } from "./print-readme.ts";
