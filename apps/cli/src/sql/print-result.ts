import { oneLine } from "../print-table.ts";

export interface ResultColumn {
  readonly name: string;
  readonly type: string;
}

const narrowest = 6;
const gap = 2;

/** Rows as a table no wider than the terminal: wide columns are cut first, columns that have no room are counted. */
export function printResult(
  columns: readonly ResultColumn[],
  rows: readonly (readonly unknown[])[],
  width: number,
): string {
  const titles = columns.map(({ name }) => oneLine(name));
  const cells = rows.map((row) => row.map((value) => oneLine(textOf(value))));
  const widths = columns.map((_, place) =>
    Math.max(lengthOf(titles[place] ?? ""), ...cells.map((row) => lengthOf(row[place] ?? "")), 1),
  );
  const shown = shrink(widths, width);
  const hidden = columns.length - shown.length;
  const line = (texts: readonly string[], isTitle: boolean) =>
    shown
      .map((room, place) => {
        const text = cut(texts[place] ?? "", room);
        const space = " ".repeat(room - lengthOf(text));
        return !isTitle && isNumber(columns[place]) ? space + text : text + space;
      })
      .join(" ".repeat(gap))
      .trimEnd();
  return [
    line(titles, true),
    shown.map((room) => "─".repeat(room)).join(" ".repeat(gap)),
    ...cells.map((row) => line(row, false)),
    ...(hidden > 0
      ? [`and ${hidden} more ${hidden === 1 ? "column" : "columns"}; --csv shows them all`]
      : []),
  ].join("\n");
}

/** The rooms of as many columns as there is room for. */
function shrink(widths: readonly number[], width: number): readonly number[] {
  const fitting = Math.max(1, Math.floor((width + gap) / (narrowest + gap)));
  const rooms = widths.slice(0, Math.max(fitting, countOf(widths, width)));
  const over = () => rooms.reduce((sum, room) => sum + room + gap, -gap) - width;
  for (let excess = over(); excess > 0; excess = over()) {
    const widest = Math.max(...rooms);
    if (widest <= narrowest) break;
    const next = Math.max(narrowest, ...rooms.filter((room) => room < widest));
    const many = rooms.filter((room) => room === widest).length;
    const target = Math.max(next, widest - Math.ceil(excess / many));
    for (const [place, room] of rooms.entries()) if (room === widest) rooms[place] = target;
  }
  return rooms;
}

/** How many columns fit as they are. */
function countOf(widths: readonly number[], width: number): number {
  let sum = -gap;
  const first = widths.findIndex((room) => {
    sum += room + gap;
    return sum > width;
  });
  return first < 0 ? widths.length : first;
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return "NULL";
  return typeof value === "string" ? value : JSON.stringify(value);
}

function isNumber(column: ResultColumn | undefined): boolean {
  return /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|FLOAT|DOUBLE|DECIMAL)/.test(column?.type ?? "");
}

/** In characters as people count them, not in units of UTF-16. */
function lengthOf(text: string): number {
  return [...text].length;
}

function cut(text: string, room: number): string {
  return lengthOf(text) <= room ? text : `${[...text].slice(0, room - 1).join("")}…`;
}
