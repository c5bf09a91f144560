import type { FigureDefinition } from "@runweir/analytics-domain";
import { formatCell } from "../run/format-cell.ts";
import type { ResultColumn, ResultTable } from "../run/result-table.ts";

/** More marks than a panel has pixels for help nobody, and stop the browser. */
export const marksMax = 200_000;
export const seriesMax = 24;
const bins = 40;

export interface FigureData {
  /** Names on the x axis of bars; undefined where x is a measure. */
  readonly categories: readonly string[] | undefined;
  readonly isTime: boolean;
  readonly series: readonly {
    readonly name: string;
    readonly points: readonly (readonly [number, number])[];
  }[];
  /** Rows that are drawn; the others lack a finite value, or are beyond what is drawn at all. */
  readonly rowsDrawn: number;
}

export function figureData(table: ResultTable, figure: FigureDefinition): FigureData | undefined {
  const find = (name: string | undefined) => table.columns.find((column) => column.name === name);
  const x = find(figure.x);
  if (!x) return undefined;
  if (figure.kind === "histogram") return histogramData(table, x);
  const y = find(figure.y);
  if (!y) return undefined;
  const split = find(figure.series);
  const places = figure.kind === "bar" ? new Map<string, number>() : undefined;
  const series = new Map<string, (readonly [number, number])[]>();
  let rowsDrawn = 0;
  for (let row = 0; row < table.rows && rowsDrawn < marksMax; row++) {
    const value = toNumber(y.value(row));
    const name = split ? formatCell(split.value(row), split.kind) : (figure.y ?? "");
    const place = places ? placeOf(places, formatCell(x.value(row), x.kind)) : toNumber(x.value(row));
    if (!Number.isFinite(value) || !Number.isFinite(place)) continue;
    let points = series.get(name);
    if (!points) {
      if (series.size === seriesMax) continue;
      points = [];
      series.set(name, points);
    }
    points.push([place, value]);
    rowsDrawn++;
  }
  if (figure.kind === "line") for (const points of series.values()) points.sort((a, b) => a[0] - b[0]);
  return {
    categories: places && [...places.keys()],
    isTime: x.kind === "time" || x.kind === "date",
    series: [...series].map(([name, points]) => ({ name, points })),
    rowsDrawn,
  };
}

function histogramData(table: ResultTable, x: ResultColumn): FigureData {
  const values: number[] = [];
  for (let row = 0; row < table.rows; row++) {
    const value = toNumber(x.value(row));
    if (Number.isFinite(value)) values.push(value);
  }
  let min = Infinity;
  let max = -Infinity;
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const width = max / bins - min / bins || 1;
  const counts = new Array<number>(bins).fill(0);
  for (const value of values) {
    const place = Math.min(bins - 1, Math.floor((value - min) / width));
    counts[place] = (counts[place] ?? 0) + 1;
  }
  const points = counts.map((count, bin) => [min + (bin + 0.5) * width, count] as const);
  return {
    categories: undefined,
    isTime: false,
    series: values.length > 0 ? [{ name: "rows", points }] : [],
    rowsDrawn: values.length,
  };
}

function placeOf(places: Map<string, number>, name: string): number {
  const known = places.get(name);
  if (known !== undefined) return known;
  places.set(name, places.size);
  return places.size - 1;
}

const toNumber = (value: unknown): number => (value === null ? Number.NaN : Number(value));
