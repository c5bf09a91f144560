"use client";

import type { WireRun } from "@runweir/tracking-trpc";
import { classNames, TableScroll, useHotkey, useListKeys } from "@runweir/web-ui";
import { columnResizingFeature, columnSizingFeature, tableFeatures, useTable } from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef } from "react";
import { columnId, nameColumn, type RunColumn, type RunOrder } from "../runs/run-column.ts";
import { RunRow, RunRowSkeleton } from "./run-row.tsx";
import { RunsHead } from "./runs-head.tsx";
import type { RunSelection } from "./use-selection.ts";

const rowHeight = 32;
const overscan = 12;
const features = tableFeatures({ columnSizingFeature, columnResizingFeature });
export type RunsFeatures = typeof features;

export interface RunsTableProps {
  readonly columns: readonly RunColumn[];
  /** undefined: still loading. */
  readonly runs: readonly WireRun[] | undefined;
  /** Rows in all; those beyond the loaded runs are drawn as placeholders. */
  readonly rowCount: number;
  readonly order: RunOrder;
  readonly onOrder: (order: RunOrder) => void;
  readonly selection: RunSelection;
  /** Palette slots of the runs that are drawn in charts. */
  readonly drawn: ReadonlyMap<string, number>;
  readonly stale: boolean;
  readonly onLoadMore: () => void;
}

const widths: Readonly<Record<RunColumn["entity"], number>> = {
  attribute: 110,
  metric: 112,
  param: 112,
  tag: 130,
};

/** Runs as rows of 32 px; of ten thousand only those on the screen are in the page. */
export function RunsTable(props: RunsTableProps) {
  const { runs, rowCount, selection } = props;
  const scroll = useRef<HTMLDivElement>(null);
  const columns = useMemo(
    () => [
      { id: columnId(nameColumn), size: 210, minSize: 120, meta: nameColumn },
      ...props.columns.map((column) => ({
        id: columnId(column),
        size: widths[column.entity],
        minSize: 60,
        meta: column,
      })),
    ],
    [props.columns],
  );
  const data = useMemo(() => [...(runs ?? [])], [runs]);
  const table = useTable({ features, columns, data, columnResizeMode: "onChange" });
  const rows = useVirtualizer({
    count: runs === undefined ? 14 : rowCount,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    scrollPaddingStart: rowHeight,
    overscan,
  });
  const visible = rows.getVirtualItems();
  const last = visible.at(-1)?.index ?? 0;
  const loaded = runs?.length ?? 0;
  const { onLoadMore } = props;
  useEffect(() => {
    if (last >= loaded) onLoadMore();
  });
  const keys = useListKeys({
    ref: scroll,
    count: loaded,
    noun: "run",
    reveal: (index) => rows.scrollToIndex(index),
  });
  useHotkey("x", "Select the run", () => {
    const run = runs?.[keys.focused()];
    if (run) selection.toggle(run.info.runId, false);
  });
  const shown = table.getHeaderGroups()[0]?.headers ?? [];
  const width = 36 + shown.reduce((sum, header) => sum + header.getSize(), 0);
  const before = visible[0]?.start ?? 0;
  const after = rows.getTotalSize() - (visible.at(-1)?.end ?? 0);
  return (
    <TableScroll
      ref={scroll}
      className={classNames("h-full bg-surface transition-opacity", props.stale && "opacity-60")}
    >
      <table
        aria-rowcount={rowCount + 1}
        aria-busy={runs === undefined}
        className="w-full table-fixed border-separate border-spacing-0 text-sm"
        style={{ minWidth: width }}
      >
        <colgroup>
          <col style={{ width: 36 }} />
          {shown.map((header) => (
            <col key={header.id} style={{ width: header.getSize() }} />
          ))}
          <col />
        </colgroup>
        <RunsHead headers={shown} {...props} />
        <tbody>
          {before > 0 && <Spacer height={before} />}
          {visible.map(({ index }) => {
            const run = runs?.[index];
            return run === undefined ? (
              <RunRowSkeleton key={`row-${index}`} index={index} columns={shown.length} />
            ) : (
              <RunRow
                key={run.info.runId}
                run={run}
                index={index}
                columns={props.columns}
                selected={selection.has(run.info.runId)}
                slot={props.drawn.get(run.info.runId)}
                onSelect={selection.toggle}
              />
            );
          })}
          {after > 0 && <Spacer height={after} />}
        </tbody>
      </table>
    </TableScroll>
  );
}

/** Stands for the rows that are not drawn. */
function Spacer({ height }: { readonly height: number }) {
  return <tr aria-hidden style={{ height }} />;
}
