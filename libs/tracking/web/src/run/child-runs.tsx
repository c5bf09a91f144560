"use client";

import type { WireRun } from "@runweir/tracking-trpc";
import {
  Card,
  CardHeader,
  Cell,
  Duration,
  HeadCell,
  RelativeTime,
  RunDot,
  Status,
  statusKindOf,
  Table,
  TableBody,
  TableHead,
  TableRow,
  TableScroll,
} from "@runweir/web-ui";
import { ZoneLink } from "@runweir/web-zones/link";
import { useQuery } from "@tanstack/react-query";
import { useTrackingApi } from "../tracking-api.ts";

const childrenMax = 100;

/** Runs nested in this one, newest first. */
export function ChildRuns({ run }: { readonly run: WireRun }) {
  const api = useTrackingApi();
  const { runId, experimentId } = run.info;
  const filter = `tags.\`mlflow.parentRunId\` = '${runId}'`;
  const children = useQuery(
    api.runs.search.queryOptions({
      experimentIds: [experimentId],
      viewType: "ACTIVE_ONLY",
      filter,
      orderBy: ["attributes.start_time DESC"],
      shown: { metrics: [], params: [], tags: [] },
      maxResults: childrenMax,
    }),
  );
  const found = children.data?.items ?? [];
  if (found.length === 0) return null;
  return (
    <Card aria-label="Nested runs">
      <CardHeader title="Nested runs" count={children.data?.nextPageToken ? `${childrenMax}+` : found.length}>
        <ZoneLink
          href={`/experiments/${experimentId}?filter=${encodeURIComponent(filter)}`}
          className="text-accent hover:underline"
        >
          Show as table
        </ZoneLink>
      </CardHeader>
      <TableScroll className="max-h-80 rounded-b-lg">
        <Table>
          <TableHead>
            <tr>
              <HeadCell>Run</HeadCell>
              <HeadCell>Status</HeadCell>
              <HeadCell>Started</HeadCell>
              <HeadCell numeric>Took</HeadCell>
            </tr>
          </TableHead>
          <TableBody>
            {found.map(({ info }) => (
              <TableRow key={info.runId}>
                <Cell className="max-w-60">
                  <span className="flex items-center gap-2">
                    <RunDot runId={info.runId} />
                    <ZoneLink href={`/runs/${info.runId}`} className="truncate rounded-sm hover:underline">
                      {info.runName || info.runId}
                    </ZoneLink>
                  </span>
                </Cell>
                <Cell>
                  <Status kind={statusKindOf(info.status)} quiet />
                </Cell>
                <Cell>
                  <RelativeTime at={info.startTime} className="text-ink-3" />
                </Cell>
                <Cell numeric>
                  <Duration
                    from={info.startTime}
                    to={info.status === "RUNNING" ? null : (info.endTime ?? info.startTime)}
                  />
                </Cell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </TableScroll>
    </Card>
  );
}
