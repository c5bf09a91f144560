import type { BulkJob } from "./bulk-moves.ts";

/** How far a bulk move has come in the direction that it goes, and whether it goes. */
export function tellProgress({
  state,
  items,
  moved,
  skipped,
  undone,
  kept,
}: Omit<BulkJob, "isUnderWay" | "progress">): Pick<BulkJob, "isUnderWay" | "progress"> {
  const isBack = state === "undoing" || state === "undo paused" || state === "undone";
  return {
    isUnderWay: state === "applying" || state === "undoing",
    progress: isBack ? { done: undone + kept, of: moved } : { done: moved + skipped, of: items },
  };
}
