"use client";

import type { WireNumber, WireRunTable } from "@runweir/tracking-trpc";
import type { ParallelAxis } from "@runweir/web-charts";
import {
  Cell,
  formatCount,
  HeadCell,
  NumberCell,
  RunDot,
  Table,
  TableBody,
  TableHead,
  TableRow,
} from "@runweir/web-ui";
import { ZoneLink } from "@runweir/web-zones/link";
import { useMemo } from "react";

const listedMax = 50;

/** The runs that are left as a table: what the picture shows, for those who read, and the way to each run. */
export function RunsLeft({
  axes,
  logged,
  runIds,
  runNames,
  left,
}: {
  readonly axes: readonly ParallelAxis[];
  /** As it was logged, by axis and run. */
  readonly logged: WireRunTable["columns"];
  readonly runIds: readonly string[];
  readonly runNames: readonly string[];
  readonly left: Uint8Array;
}) {
  const { listed, count } = useMemo(() => {
    const found = runIds.flatMap((_, run) => (left[run] === 1 ? [run] : []));
    return { listed: found.slice(0, listedMax), count: found.length };
  }, [runIds, left]);
  return (
    <section aria-label="Runs left" className="overflow-x-auto border-t border-line bg-surface">
      <Table>
        <TableHead>
          <tr>
            <HeadCell className="pl-4">Run</HeadCell>
            {axes.map(({ column }) => (
              <HeadCell key={column.id} numeric className="num">
                {column.title}
              </HeadCell>
            ))}
          </tr>
        </TableHead>
        <TableBody>
          {listed.map((run) => (
            <TableRow key={runIds[run]}>
              <Cell className="pl-4">
                <span className="flex items-center gap-2">
                  <RunDot runId={runIds[run]!} filled={false} />
                  <ZoneLink href={`/runs/${runIds[run]}`} className="rounded-sm hover:underline">
                    {runNames[run] || runIds[run]}
                  </ZoneLink>
                </span>
              </Cell>
              {axes.map((axis, index) => (
                <Cell key={axis.column.id} numeric>
                  <Value axis={axis} run={run} value={logged[index]?.[run] ?? null} />
                </Cell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {count > listed.length && (
        <p className="px-4 py-2 text-sm text-ink-3">
          The first {formatCount(listed.length)} of {formatCount(count)}, started last.
        </p>
      )}
    </section>
  );
}

/** Params and tags as they were written, measurements rounded. */
function Value({
  axis,
  run,
  value,
}: {
  readonly axis: ParallelAxis;
  readonly run: number;
  readonly value: WireNumber | string | null;
}) {
  const { column } = axis;
  if (column.kind === "number" && column.format && value !== null) return column.format(column.values[run]!);
  if (column.id.startsWith("metrics.")) return <NumberCell value={value as WireNumber | null} />;
  return value ?? <span className="text-ink-3">–</span>;
}
