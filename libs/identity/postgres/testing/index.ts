export { fillAudit } from "./fill-audit.ts";
export { emptyAudit, tamper } from "./tamper.ts";
