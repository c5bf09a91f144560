"use client";

import type { WireStatistics } from "@runweir/tracking-trpc";
import { Sparkline } from "@runweir/web-charts";
import {
  Card,
  CardHeader,
  Cell,
  formatCount,
  HeadCell,
  NumberCell,
  SearchInput,
  SkeletonRows,
  Table,
  TableBody,
  TableHead,
  TableRow,
  TableScroll,
  useHotkey,
} from "@runweir/web-ui";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo, useRef, useState } from "react";
import { ShowNext } from "../show-next.tsx";
import { useTrackingApi } from "../tracking-api.ts";
import { bestOf } from "./best-of.ts";

/** A run may have a hundred thousand metrics; these many rows are drawn until somebody searches or asks for more, and then for so many. */
const rowsAtFirst = 100;
const rowsMore = 1_000;

/** Last, best, smallest and largest value of each metric, exact, with its curve. */
export function MetricsCard({
  runId,
  statistics,
  live,
}: {
  readonly runId: string | undefined;
  /** undefined: still loading. */
  readonly statistics: readonly WireStatistics[] | undefined;
  readonly live: boolean;
}) {
  const [text, setText] = useState("");
  const [rows, setRows] = useState(rowsAtFirst);
  const search = useRef<HTMLInputElement>(null);
  useHotkey("/", "Filter metrics", () => search.current?.focus());
  const found = useMemo(() => {
    const wanted = text.trim().toLowerCase();
    return statistics?.filter(({ key }) => key.toLowerCase().includes(wanted));
  }, [statistics, text]);
  const shown = found?.slice(0, rows);
  const curves = useCurves(runId, shown ?? []);
  return (
    <Card aria-label="Metrics">
      <CardHeader title="Metrics" count={statistics && formatCount(statistics.length)}>
        {(statistics?.length ?? 0) > 5 && (
          <SearchInput
            ref={search}
            label="Filter metrics"
            placeholder="Filter  /"
            value={text}
            onValueChange={setText}
            className="w-40"
          />
        )}
      </CardHeader>
      {found?.length === 0 ? (
        <p className="px-3 pb-3 text-sm text-ink-3">
          {text !== ""
            ? "No metric is called that."
            : live
              ? "No metrics yet. They appear here while they are logged."
              : "No metrics."}
        </p>
      ) : (
        <TableScroll className="rounded-b-lg">
          <Table>
            <TableHead>
              <tr>
                <HeadCell>Metric</HeadCell>
                <HeadCell numeric>last</HeadCell>
                <HeadCell numeric>best</HeadCell>
                <HeadCell numeric className="max-sm:hidden">
                  at step
                </HeadCell>
                <HeadCell numeric className="max-sm:hidden">
                  min
                </HeadCell>
                <HeadCell numeric className="max-sm:hidden">
                  max
                </HeadCell>
                <HeadCell numeric className="max-md:hidden">
                  points
                </HeadCell>
                <HeadCell className="max-md:hidden">curve</HeadCell>
              </tr>
            </TableHead>
            <TableBody>
              {shown === undefined ? (
                <SkeletonRows rows={5} columns={8} />
              ) : (
                shown.map((series) => (
                  <MetricRow key={series.key} series={series} curve={curves.get(series.key)} />
                ))
              )}
            </TableBody>
          </Table>
        </TableScroll>
      )}
      <ShowNext
        className="m-2"
        left={(found?.length ?? 0) - rows}
        step={rowsMore}
        onNext={() => setRows(rows + rowsMore)}
      />
    </Card>
  );
}

function MetricRow({
  series,
  curve,
}: {
  readonly series: WireStatistics;
  readonly curve: readonly (number | string | null)[] | undefined;
}) {
  const best = bestOf(series);
  return (
    <TableRow>
      <Cell className="max-w-70 truncate max-sm:max-w-36" title={series.key}>
        {series.key}
      </Cell>
      <Cell numeric>
        <NumberCell value={series.last.value} />
      </Cell>
      <Cell numeric>
        <NumberCell value={best?.value} best />
      </Cell>
      <Cell numeric className="text-ink-2 max-sm:hidden">
        {best?.step == null ? <span className="text-ink-3">–</span> : formatCount(best.step)}
      </Cell>
      <Cell numeric className="max-sm:hidden">
        <NumberCell value={series.min} />
      </Cell>
      <Cell numeric className="max-sm:hidden">
        <NumberCell value={series.max} />
      </Cell>
      <Cell numeric className="text-ink-3 max-md:hidden">
        {formatCount(series.count)}
        {series.nanCount > 0 && (
          <span className="text-bad" title={`${formatCount(series.nanCount)} of the points are NaN`}>
            {" "}
            NaN × {formatCount(series.nanCount)}
          </span>
        )}
      </Cell>
      <Cell className="max-md:hidden">
        {series.count > 1 && curve !== undefined && <Sparkline values={curve} />}
      </Cell>
    </TableRow>
  );
}

const curveKeysMax = 100;
const curveBuckets = 48;

function useCurves(runId: string | undefined, shown: readonly WireStatistics[]) {
  const api = useTrackingApi();
  const keys = shown
    .filter(({ count }) => count > 1)
    .slice(0, curveKeysMax)
    .map(({ key }) => key);
  const chart = useQuery(
    api.metrics.chart.queryOptions(
      { runIds: [runId ?? ""], keys, axis: "step", buckets: curveBuckets },
      { enabled: runId !== undefined && keys.length > 0, placeholderData: keepPreviousData },
    ),
  );
  return new Map(chart.data?.map(({ key, last }) => [key, last]));
}
