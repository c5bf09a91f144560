import { CardFooter, formatCompact, formatCount, Skeleton } from "@runweir/web-ui";
import type { GroupLine } from "./group-lines.ts";

/** Under a chart: its groups with their runs, and what stands at one step of it. */
export function GroupFooter({
  lines,
  grouped,
  width,
  leftOut,
}: {
  /** undefined: still loading. */
  readonly lines: readonly GroupLine[] | undefined;
  readonly grouped: boolean;
  /** Steps of a bucket. */
  readonly width: number | undefined;
  readonly leftOut: number;
}) {
  if (lines === undefined) {
    return (
      <CardFooter>
        <Skeleton className="my-0.5 w-40" />
      </CardFooter>
    );
  }
  return (
    <>
      {grouped && lines.length > 0 && (
        <ul
          aria-label="Groups"
          className="flex max-h-14 flex-wrap gap-x-3 overflow-y-auto px-3 pt-1 pb-1.5 text-sm"
        >
          {lines.map(({ id, label, color, runs }) => (
            <li key={id} className="flex max-w-full min-w-0 items-center gap-1.5" title={label}>
              <span aria-hidden className="size-2 shrink-0 rounded-[3px]" style={{ background: color }} />
              <span className="truncate">{label === "" ? "(empty)" : label}</span>
              <span className="num text-ink-3">{formatCount(runs)}</span>
            </li>
          ))}
          {leftOut > 0 && (
            <li className="text-ink-3">
              and {formatCount(leftOut)} smaller {leftOut === 1 ? "group" : "groups"}, not drawn
            </li>
          )}
        </ul>
      )}
      <CardFooter>
        <span>{describeRuns(lines)}</span>
        {width !== undefined && <span>{describeWidth(width)}</span>}
        <span className="ml-auto">step</span>
      </CardFooter>
    </>
  );
}

/** "1,234 runs, 81.2 k values": a run counts once at each step or bucket. */
function describeRuns(lines: readonly GroupLine[]): string {
  const sum = (of: (line: GroupLine) => number) => lines.reduce((total, line) => total + of(line), 0);
  const runs = sum((line) => line.runs);
  const words = [runs === 1 ? "1 run" : `${formatCount(runs)} runs`];
  words.push(`${formatCompact(sum((line) => line.storedPoints))} values drawn`);
  const odd = sum((line) => line.nanPoints);
  if (odd > 0) words.push(`${formatCount(odd)} not finite`);
  return words.join(" · ");
}

function describeWidth(width: number): string {
  return width === 1 ? "every step" : `${formatCount(width)} steps a bucket, last of each run`;
}
