"use client";

import {
  Card,
  CardHeader,
  Cell,
  Duration,
  HeadCell,
  RelativeTime,
  RunDot,
  Skeleton,
  SkeletonRows,
  Status,
  statusKindOf,
  Table,
  TableBody,
  TableHead,
  TableRow,
  TableScroll,
} from "@runweir/web-ui";
import { ZoneLink } from "@runweir/web-zones/link";
import type { ReactNode } from "react";

/** What the home page shows of a run. */
export interface RunItem {
  readonly runId: string;
  readonly runName: string;
  readonly experimentId: string;
  readonly experimentName: string;
  readonly status: string;
  readonly userId: string;
  readonly startTime: number;
  readonly endTime: number | null;
}

export function RunList({
  title,
  runs,
  count,
  empty,
  firstRow = 0,
  short = false,
}: {
  readonly title: string;
  /** undefined: still loading. */
  readonly runs: readonly RunItem[] | undefined;
  readonly count?: ReactNode;
  readonly empty: string;
  /** Of the page's rows, the number of this list's first; j and k walk through all of them. */
  readonly firstRow?: number;
  /** Usually empty: while it loads it takes the height of the sentence that will likely stand there. */
  readonly short?: boolean;
}) {
  return (
    <Card aria-label={title}>
      <CardHeader title={title} count={count} />
      {short && runs === undefined && (
        <div className="flex h-7.5 px-3 pt-0.75">
          <Skeleton className="w-32" />
        </div>
      )}
      {runs?.length === 0 && <p className="px-3 pb-3 text-sm text-ink-3">{empty}</p>}
      {(runs === undefined ? !short : runs.length > 0) && (
        <TableScroll className="rounded-b-lg">
          <Table>
            <TableHead>
              <tr>
                {/* Widths of their own, so that the columns of both lists stand under each other. */}
                <HeadCell>Run</HeadCell>
                <HeadCell className="w-28 max-sm:w-0">Status</HeadCell>
                <HeadCell className="w-52 max-sm:hidden">Experiment</HeadCell>
                <HeadCell className="w-32 max-md:hidden">By</HeadCell>
                <HeadCell className="w-28 max-sm:w-0">Started</HeadCell>
                <HeadCell numeric className="w-28 max-sm:hidden">
                  Duration
                </HeadCell>
              </tr>
            </TableHead>
            <TableBody>
              {runs === undefined ? (
                <SkeletonRows rows={10} columns={6} />
              ) : (
                runs.map((run, index) => <RunRow key={run.runId} run={run} row={firstRow + index} />)
              )}
            </TableBody>
          </Table>
        </TableScroll>
      )}
    </Card>
  );
}

function RunRow({ run, row }: { readonly run: RunItem; readonly row: number }) {
  return (
    <TableRow data-row={row}>
      <Cell className="max-w-60 max-sm:max-w-34">
        <span className="flex items-center gap-2">
          <RunDot runId={run.runId} />
          <ZoneLink href={`/runs/${run.runId}`} className="truncate rounded-sm hover:underline">
            {run.runName || run.runId}
          </ZoneLink>
        </span>
      </Cell>
      <Cell>
        <Status kind={statusKindOf(run.status)} quiet />
      </Cell>
      <Cell className="max-w-48 truncate max-sm:hidden">
        <ZoneLink href={`/experiments/${run.experimentId}`} className="rounded-sm text-ink-2 hover:underline">
          {run.experimentName}
        </ZoneLink>
      </Cell>
      <Cell className="max-w-32 truncate text-ink-3 max-md:hidden">{run.userId}</Cell>
      <Cell>
        <RelativeTime at={run.startTime} className="text-ink-3" />
      </Cell>
      <Cell numeric className="max-sm:hidden">
        <Duration from={run.startTime} to={run.status === "RUNNING" ? null : run.endTime} />
      </Cell>
    </TableRow>
  );
}
