import type { ClientDelivery, Delivery } from "@runweir/tracking-trpc";
import { formatCount, formatDuration } from "@runweir/web-ui";

/** What became of a run's points, in one line. */
export function deliveryLine(delivery: Delivery): string {
  const { state, applied, missingBatches, damagedBatches, rejected } = delivery;
  const stored = counted(delivery.storedPoints, "point");
  switch (state) {
    case "complete":
      return `${stored} in ${batches(applied.batches)}, all stored${lagOf(delivery)}`;
    case "in_progress":
      return `${stored} in ${batches(applied.batches)} so far, all stored${lagOf(delivery)}`;
    case "gaps":
      return `${stored} stored; ${batches(missingBatches)} missing`;
    case "rejected": {
      const lost = [
        ...(rejected.batches > 0 ? [`${batches(rejected.batches)} rejected`] : []),
        ...(damagedBatches > 0 ? [`${batches(damagedBatches)} not merged`] : []),
      ];
      return `${stored} stored; ${lost.join(", ")}`;
    }
    case "uncounted":
      return `${stored} stored, some from before deliveries were counted`;
  }
}

/** Whether there is nothing to tell: no points, and no client that speaks of any. */
export function isEmpty({ accepted, clientCount, storedPoints }: Delivery): boolean {
  return accepted.batches === 0 && clientCount === 0 && storedPoints === 0;
}

/** "3–4, 9 and 12 more gaps": the numbers of the batches that did not come. */
export function gapWords(
  { gaps, gapCount }: Pick<ClientDelivery, "gaps" | "gapCount">,
  shownMax = 6,
): string {
  const shown = gaps.slice(0, shownMax).map(rangeWords);
  const more = gapCount - shown.length;
  return shown.join(", ") + (more > 0 ? ` and ${counted(more, "more gap")}` : "");
}

/** "1–250": the lowest and the highest number that came. */
export function numberWords({ first, last }: Pick<ClientDelivery, "first" | "last">): string {
  return first === null || last === null ? "–" : rangeWords({ from: first, to: last });
}

function rangeWords({ from, to }: { readonly from: number; readonly to: number }): string {
  return from === to ? formatCount(from) : `${formatCount(from)}–${formatCount(to)}`;
}

export function batches(count: number): string {
  return count === 1 ? "1 batch" : `${formatCount(count)} batches`;
}

export function counted(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** Points that take no log have no lag worth telling. */
function lagOf({ lastLagMs }: Delivery): string {
  return lastLagMs === null || lastLagMs === 0 ? "" : `; lag ${formatDuration(lastLagMs)}`;
}
