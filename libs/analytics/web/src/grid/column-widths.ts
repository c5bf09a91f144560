import { formatCell } from "../run/format-cell.ts";
import type { ResultTable } from "../run/result-table.ts";

const looked = 200;
const narrowest = 88;
const widest = 340;
/** Of the data's typeface at its size, in pixels. */
const perCharacter = 7.3;
const padding = 24;

/** A width for each column by what its name and some of its rows need. */
export function columnWidths(table: ResultTable): readonly number[] {
  return table.columns.map((column) => {
    let longest = column.name.length + 3;
    // Spread over all of it: numbers grow towards the end.
    const stride = Math.max(1, Math.floor(table.rows / looked));
    for (let row = 0; row < table.rows; row += stride)
      longest = Math.max(longest, formatCell(column.value(row), column.kind).length);
    return Math.round(Math.min(widest, Math.max(narrowest, longest * perCharacter + padding)));
  });
}
