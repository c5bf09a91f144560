import { CardFooter, Skeleton } from "@runweir/web-ui";
import { type ChartLine, type ChartXAxis, xAxisTitles } from "./chart-line.ts";
import { describeNans, describePoints } from "./describe-lines.ts";

/** What the picture shows: drawn and stored points, what was done to them, and the x axis's title. */
export function ChartFooter({
  lines,
  xAxis,
  live,
  zoomed,
  smoothing,
}: {
  readonly lines: readonly ChartLine[] | undefined;
  readonly xAxis: ChartXAxis;
  readonly live: boolean;
  readonly zoomed: boolean;
  readonly smoothing: number;
}) {
  if (lines === undefined) {
    return (
      <CardFooter>
        <Skeleton className="my-0.5 w-32" />
      </CardFooter>
    );
  }
  const nans = describeNans(lines);
  const reduced = lines.some(({ drawnPoints, storedPoints }) => drawnPoints < storedPoints);
  return (
    <CardFooter className="flex-nowrap whitespace-nowrap">
      <span className="shrink-0">{describePoints(lines)}</span>
      {nans !== undefined && <span className="shrink-0 text-bad">{nans}</span>}
      {live && <span className="shrink-0 text-live">live</span>}
      {smoothing > 0 && <span className="truncate">smoothed {smoothing}</span>}
      {zoomed && <span className="truncate">zoomed</span>}
      {reduced && (
        <span
          className="truncate"
          title="Per bucket: the band from smallest to largest, the line of last values"
        >
          min–max, last
        </span>
      )}
      <span className="ml-auto shrink-0">{xAxisTitles[xAxis]}</span>
    </CardFooter>
  );
}
