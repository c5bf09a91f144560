export { auditExport } from "./audit-export.ts";
