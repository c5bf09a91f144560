import { formatFull, formatInstant } from "@runweir/web-ui";
import type { CellValue, ColumnKind } from "./result-table.ts";

/** A value as the grid shows it, in one line. Numbers keep all their digits: an answer is read, not skimmed. */
export function formatCell(value: CellValue, kind: ColumnKind): string {
  if (value === null) return "NULL";
  if (typeof value === "number") {
    if (kind === "time") return formatInstant(value);
    if (kind === "date") return new Date(value).toISOString().slice(0, 10);
    return formatNumberCell(value);
  }
  return String(value);
}

/** As it is copied: what a spreadsheet or a program reads. */
export function plainCell(value: CellValue, kind: ColumnKind): string {
  if (value === null) return "";
  if (kind === "time" && typeof value === "number") return new Date(value).toISOString();
  if (kind === "date" && typeof value === "number") return new Date(value).toISOString().slice(0, 10);
  return String(value);
}

function formatNumberCell(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  return formatFull(value);
}
