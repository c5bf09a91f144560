import type { FigureDefinition, FigureKind } from "@runweir/analytics-domain";
import type { ResultColumn, ResultTable } from "../run/result-table.ts";

const isTime = ({ kind }: ResultColumn) => kind === "time" || kind === "date";
const isNumber = ({ kind }: ResultColumn) => kind === "number";
const isText = ({ kind }: ResultColumn) => kind === "text" || kind === "boolean";
const isWhole = ({ type }: ResultColumn) => /int/.test(type);
/** More names than anybody tells apart by colour. */
const namesMax = 24;
const barsMax = 500;

const isPlace = ({ name }: ResultColumn) => /^(step|epoch|iteration|bucket)$|_(step|no|id)$/i.test(name);

/** The chart that one would most likely draw of such columns; undefined when there is nothing to draw. */
export function suggestFigure({ columns, rows }: ResultTable): FigureDefinition | undefined {
  if (rows === 0) return undefined;
  const numbers = columns.filter(isNumber);
  // Whole numbers are mostly counts; what was measured is more often asked about.
  const measured = numbers
    .filter((column) => !isPlace(column))
    .toSorted((a, b) => Number(isWhole(a)) - Number(isWhole(b)));
  const [value] = measured.length > 0 ? measured : numbers;
  if (!value) return undefined;
  const [first, second] = columns.filter((column) => isText(column) && countValues(column, rows) <= namesMax);
  const along = columns.find(isTime) ?? numbers.find((column) => column !== value && isPlace(column));
  if (along && rows > 1) return { kind: "line", x: along.name, y: value.name, series: first?.name };
  if (first && rows <= barsMax)
    return second
      ? { kind: "bar", x: second.name, y: value.name, series: first.name }
      : { kind: "bar", x: first.name, y: value.name };
  const [, other] = measured;
  if (other) return { kind: "scatter", x: value.name, y: other.name, series: first?.name };
  return { kind: "histogram", x: value.name };
}

/** How many values a column has in some of its rows. */
function countValues(column: ResultColumn, rows: number): number {
  const seen = new Set<unknown>();
  const stride = Math.max(1, Math.floor(rows / 2_000));
  for (let row = 0; row < rows && seen.size <= namesMax; row += stride) seen.add(column.value(row));
  return seen.size;
}

/** Whether a column can stand on this axis of such a chart. */
export function fits(column: ResultColumn, axis: "x" | "y" | "series", kind: FigureKind): boolean {
  if (axis === "series") return isText(column) || (isNumber(column) && isPlace(column));
  if (axis === "y") return isNumber(column);
  if (kind === "bar") return column.kind !== "other";
  return isNumber(column) || (isTime(column) && kind !== "histogram");
}
