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
import { type ChartLine, type ChartWords, type ChartXAxis, xAxisTitles } from "./chart-line.ts";
import { summarizeLine } from "./describe-lines.ts";
import type { PreparedLine } from "./prepare-lines.ts";

const rowsMax = 1_000;

/** The drawn buckets as a table. */
export function ChartTable({
  title,
  lines,
  xAxis,
  words,
}: {
  readonly title: string;
  readonly lines: readonly ChartLine[];
  readonly xAxis: ChartXAxis;
  readonly words: ChartWords;
}) {
  const sampled = lines.some(({ samples }) => samples !== undefined);
  const rows = lines.flatMap((line) => line.x.map((x, index) => ({ line, x, index })));
  return (
    <>
      <Table>
        <caption className="sr-only">{title}</caption>
        <TableHead>
          <tr>
            <HeadCell className="first-letter:uppercase">{words.line}</HeadCell>
            <HeadCell numeric>{xAxisTitles[xAxis]}</HeadCell>
            <HeadCell numeric>{words.min}</HeadCell>
            <HeadCell numeric>{words.max}</HeadCell>
            <HeadCell numeric>{words.last}</HeadCell>
            {sampled && <HeadCell numeric>n</HeadCell>}
            {sampled && <HeadCell numeric>not finite</HeadCell>}
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
              {sampled && <Cell numeric>{formatCount(line.samples?.n[index] ?? 0)}</Cell>}
              {sampled && <Cell numeric>{formatCount(line.samples?.notFinite[index] ?? 0)}</Cell>}
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
  words,
}: {
  readonly title: string;
  readonly lines: readonly PreparedLine[];
  readonly words: ChartWords;
}) {
  return (
    <table className="sr-only">
      <caption>{title}</caption>
      <thead>
        <tr>
          <th className="first-letter:uppercase">{words.line}</th>
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
