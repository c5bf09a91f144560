export { type ExportFolder, openExportFolder } from "./export-folder.ts";
export { type ImportTarget, importExport } from "./import/import-export.ts";
export { changedNothing, type ImportReport, leftSomething } from "./import/import-report.ts";
export { openExport } from "./import/read-export.ts";
export { planExport } from "./plan-export.ts";
export { writeExport } from "./write-export.ts";
