import { createHash } from "node:crypto";
import { anchorOf, type DiffRow } from "./diff-row.ts";

const linesMax = 2_000;

/**
 * Lines of two texts, one row each. A row's name is made of its words and how often they were before, not of its number, so
 * that comments stay where they are when lines are put in above.
 */
export function diffLines(before: string, after: string): readonly DiffRow[] {
  const [left, right] = [cut(before), cut(after)];
  const seen = new Map<string, number>();
  const row = (text: string, change: DiffRow["change"]): DiffRow => {
    const key = createHash("sha256").update(text).digest("hex").slice(0, 12);
    const nth = seen.get(key) ?? 0;
    seen.set(key, nth + 1);
    return {
      anchor: anchorOf("card", nth === 0 ? key : `${key}.${nth}`),
      label: "",
      change,
      before: change === "added" ? undefined : text,
      after: change === "removed" ? undefined : text,
    };
  };
  return align(left, right).map(([text, change]) => row(text, change));
}

function cut(text: string): readonly string[] {
  if (text === "") return [];
  const lines = text.split(/\r?\n/);
  if (lines.length <= linesMax) return lines;
  return [...lines.slice(0, linesMax), `(${lines.length - linesMax} more lines)`];
}

/** The longest common subsequence; same heads and tails, which are most of it, are taken off before. */
function align(
  left: readonly string[],
  right: readonly string[],
): readonly (readonly [string, DiffRow["change"]])[] {
  let start = 0;
  while (start < left.length && start < right.length && left[start] === right[start]) start += 1;
  let end = 0;
  while (
    end < left.length - start &&
    end < right.length - start &&
    left[left.length - 1 - end] === right[right.length - 1 - end]
  )
    end += 1;
  const [a, b] = [left.slice(start, left.length - end), right.slice(start, right.length - end)];
  const width = b.length + 1;
  const lengths = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      lengths[i * width + j] =
        a[i] === b[j]
          ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0);
  const rows: (readonly [string, DiffRow["change"]])[] = left.slice(0, start).map((line) => [line, "same"]);
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      rows.push([a[i] ?? "", "same"]);
      i += 1;
      j += 1;
    } else if (
      i < a.length &&
      (j === b.length || (lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0))
    ) {
      rows.push([a[i] ?? "", "removed"]);
      i += 1;
    } else {
      rows.push([b[j] ?? "", "added"]);
      j += 1;
    }
  }
  return [...rows, ...left.slice(left.length - end).map((line) => [line, "same"] as const)];
}
