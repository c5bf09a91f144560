import {
  Cell,
  formatCount,
  formatDuration,
  formatFull,
  HeadCell,
  NumberCell,
  Table,
  TableBody,
  TableHead,
  TableRow,
} from "@runweir/web-ui";
import { type ChartLine, type ChartXAxis, xAxisTitles } from "./chart-line.ts";
import { summarizeLine } from "./describe-lines.ts";
import type { PreparedLine } from "./prepare-lines.ts";

const rowsMax = 1_000;

/** The drawn buckets as a table. */
export function ChartTable({
  title,
  lines,
  xAxis,
}: {
  readonly title: string;
  readonly lines: readonly ChartLine[];
  readonly xAxis: ChartXAxis;
}) {
  const rows = lines.flatMap((line) => line.x.map((x, index) => ({ line, x, index })));
  return (
    <>
      <Table>
        <caption className="sr-only">{title}</caption>
        <TableHead>
          <tr>
            <HeadCell>Run</HeadCell>
            <HeadCell numeric>{xAxisTitles[xAxis]}</HeadCell>
            <HeadCell numeric>min</HeadCell>
            <HeadCell numeric>max</HeadCell>
            <HeadCell numeric>last</HeadCell>
          </tr>
        </TableHead>
        <TableBody>
          {rows.slice(0, rowsMax).map(({ line, x, index }) => (
            <TableRow key={`${line.id} ${index}`}>
              <Cell>{line.label}</Cell>
              <Cell numeric title={formatFull(x)}>
                {formatX(xAxis, x)}
              </Cell>
              <Cell numeric>
                <NumberCell value={line.min[index] ?? "NaN"} />
              </Cell>
              <Cell numeric>
                <NumberCell value={line.max[index] ?? "NaN"} />
              </Cell>
              <Cell numeric>
                <NumberCell value={line.last[index] ?? "NaN"} />
              </Cell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {rows.length > rowsMax && (
        <p className="px-3 py-2 text-sm text-ink-3">
          The first {rowsMax.toLocaleString("en-US")} of {rows.length.toLocaleString("en-US")} rows; the CSV
          file holds them all.
        </p>
      )}
    </>
  );
}

function formatX(axis: ChartXAxis, x: number): string {
  if (axis === "wall") return new Date(x).toISOString();
  return axis === "relative" ? formatDuration(x) : formatCount(x);
}

/** What a screen reader gets of the picture: one row per line. */
export function ChartSummary({
  title,
  lines,
}: {
  readonly title: string;
  readonly lines: readonly PreparedLine[];
}) {
  return (
    <table className="sr-only">
      <caption>{title}</caption>
      <thead>
        <tr>
          <th>Run</th>
          <th>Last</th>
          <th>Smallest</th>
          <th>Largest</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => {
          const { last, min, max } = summarizeLine(line);
          return (
            <tr key={line.id}>
              <th scope="row">{line.label}</th>
              <td>{last}</td>
              <td>{min}</td>
              <td>{max}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
