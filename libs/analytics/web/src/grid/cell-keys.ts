import { copyText } from "@runweir/web-ui";
import type { KeyboardEvent } from "react";
import { plainCell } from "../run/format-cell.ts";
import type { ResultTable } from "../run/result-table.ts";

export interface CellPlace {
  /** As shown, from the top. */
  readonly row: number;
  readonly column: number;
}

/** Where a key moves to; undefined for keys that do not move. */
export function moveCell(
  key: string,
  { row, column }: CellPlace,
  size: { readonly rows: number; readonly columns: number; readonly page: number },
  isFar: boolean,
): CellPlace | undefined {
  const lastRow = size.rows - 1;
  const lastColumn = size.columns - 1;
  const at = (nextRow: number, nextColumn: number): CellPlace => ({
    row: Math.min(lastRow, Math.max(0, nextRow)),
    column: Math.min(lastColumn, Math.max(0, nextColumn)),
  });
  switch (key) {
    case "ArrowDown":
      return at(isFar ? lastRow : row + 1, column);
    case "ArrowUp":
      return at(isFar ? 0 : row - 1, column);
    case "ArrowRight":
      return at(row, isFar ? lastColumn : column + 1);
    case "ArrowLeft":
      return at(row, isFar ? 0 : column - 1);
    case "PageDown":
      return at(row + size.page, column);
    case "PageUp":
      return at(row - size.page, column);
    case "Home":
      return at(isFar ? 0 : row, 0);
    case "End":
      return at(isFar ? lastRow : row, lastColumn);
    default:
      return undefined;
  }
}

/** Arrows, Home and End (with Ctrl to the very end), and Ctrl-C for the cell. */
export function cellKeys(options: {
  readonly table: ResultTable;
  readonly cell: CellPlace;
  readonly page: number;
  readonly rowAt: (shown: number) => number;
  readonly onMove: (cell: CellPlace) => void;
}): (event: KeyboardEvent) => void {
  const { table, cell, page } = options;
  return (event) => {
    const isFar = event.ctrlKey || event.metaKey;
    if (isFar && event.key.toLowerCase() === "c" && window.getSelection()?.isCollapsed !== false) {
      const column = table.columns[cell.column];
      if (column) void copyText(plainCell(column.value(options.rowAt(cell.row)), column.kind));
      event.preventDefault();
      return;
    }
    const next = moveCell(event.key, cell, { rows: table.rows, columns: table.columns.length, page }, isFar);
    if (!next) return;
    event.preventDefault();
    options.onMove(next);
  };
}
