export { createPointComparison } from "./compare-points.ts";
export { differingKeys } from "./differing-keys.ts";
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
