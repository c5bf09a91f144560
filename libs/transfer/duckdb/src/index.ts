export { type ExportFolder, openExportFolder } from "./export-folder.ts";
export { type ImportTarget, importExport } from "./import-export.ts";
export { changedNothing, type ImportReport } from "./import-report.ts";
export { planExport } from "./plan-export.ts";
export { openExport } from "./read-export.ts";
export { writeExport } from "./write-export.ts";
