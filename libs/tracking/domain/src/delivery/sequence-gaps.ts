import type { SequenceRange } from "./delivery.ts";

export interface SequenceGaps {
  readonly missing: number;
  readonly gapCount: number;
  /** The first `gapsMax` of them. */
  readonly gaps: readonly SequenceRange[];
}

/**
 * The numbers that did not come, from 1 up to the highest that did, or up to `last` where a client says how many it has
 * sent. `received` is ascending, and its ranges are apart from one another.
 */
export function sequenceGaps(
  received: readonly SequenceRange[],
  gapsMax: number,
  last?: number | undefined,
): SequenceGaps {
  const gaps: SequenceRange[] = [];
  let gapCount = 0;
  let missing = 0;
  let next = 1;
  const note = (to: number): void => {
    if (to < next) return;
    missing += to - next + 1;
    gapCount += 1;
    if (gaps.length < gapsMax) gaps.push({ from: next, to });
  };
  for (const range of received) {
    note(range.from - 1);
    next = range.to + 1;
  }
  if (last !== undefined) note(last);
  return { missing, gapCount, gaps };
}
