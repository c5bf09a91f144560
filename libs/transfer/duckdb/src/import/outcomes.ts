import type { ImportOutcome } from "@runweir/tracking-domain";
import type { ImportReport } from "./import-report.ts";

/** How many of a kind are placed in one transaction. */
export const rowsAtOnce = 500;

export function isHere(outcome: ImportOutcome | undefined): boolean {
  return outcome === "made" || outcome === "there";
}

export function noteOutcome(
  report: ImportReport,
  kind: "runs" | "models",
  who: string,
  outcome: ImportOutcome,
): void {
  report[kind][outcome] += 1;
  if (outcome === "taken") report.notes.push(`${who} was refused: another one has its id here.`);
  if (outcome === "deleted") report.notes.push(`${who} is in the trash here, and stays there.`);
}
