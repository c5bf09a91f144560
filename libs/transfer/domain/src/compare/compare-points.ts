import { compareValues, type SeriesPoints } from "@runweir/ingest-domain";

export interface PointComparison {
  /** Points that are here, ascending (timestamp, step, value), each once. */
  add(here: SeriesPoints): void;
  /** After the last of them. */
  end(): {
    /** Exported points that are not here. */
    readonly lost: number;
    /** Points here at a step and time of the export, with a value that it does not have there. */
    readonly altered: number;
  };
}

/** Compares a series point by point with what was exported of it, in the same order. One that went on here has more. */
export function createPointComparison(exported: SeriesPoints): PointComparison {
  const size = exported.values.length;
  let next = 0;
  let lost = 0;
  let altered = 0;
  return {
    add(here) {
      for (let i = 0; i < here.values.length; i += 1) {
        let order = next < size ? compare(exported, next, here, i) : 1;
        for (; order < 0; order = next < size ? compare(exported, next, here, i) : 1) {
          lost += 1;
          next += 1;
        }
        if (order === 0) next += 1;
        else if (isPlace(exported, next - 1, here, i) || isPlace(exported, next, here, i)) altered += 1;
      }
    },
    end: () => ({ lost: lost + size - next, altered }),
  };
}

function isPlace(a: SeriesPoints, i: number, b: SeriesPoints, j: number): boolean {
  return a.timestamps[i] === b.timestamps[j] && a.steps[i] === b.steps[j];
}

function compare(a: SeriesPoints, i: number, b: SeriesPoints, j: number): number {
  return (
    (a.timestamps[i] as number) - (b.timestamps[j] as number) ||
    (a.steps[i] as number) - (b.steps[j] as number) ||
    compareValues(a.values[i] as number, b.values[j] as number)
  );
}
