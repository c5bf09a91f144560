"use client";

import { classNames, TableScroll } from "@runweir/web-ui";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useRef } from "react";
import { type ComparisonRow, comparisonSections } from "./build-comparison.ts";
import { ComparisonHead } from "./comparison-head.tsx";
import { RowOfSection, RowOfValues } from "./comparison-rows.tsx";
import type { ComparedRun } from "./use-compared-runs.ts";
import type { TableView } from "./use-table-view.ts";

const rowHeight = 32;
const keyWidth = 190;

/** A column per run, a row per value; of thousands of rows only those on the screen are in the page. */
export function ComparisonTable({
  runs,
  rows,
  view,
  stale,
}: {
  readonly runs: readonly ComparedRun[];
  readonly rows: readonly ComparisonRow[];
  readonly view: TableView;
  readonly stale: boolean;
}) {
  const scroll = useRef<HTMLDivElement>(null);
  const lines = useMemo(
    () =>
      comparisonSections.flatMap((section) => {
        const own = rows.filter((row) => row.section === section);
        return own.length === 0 ? [] : [{ section, count: own.length }, ...own];
      }),
    [rows],
  );
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const visible = virtual.getVirtualItems();
  const before = visible[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (visible.at(-1)?.end ?? 0);
  const columnWidth = view.baseline === -1 ? 128 : 220;
  return (
    <TableScroll
      ref={scroll}
      // The keyboard scrolls it; there is nothing else to reach inside.
      tabIndex={0}
      role="region"
      aria-label="Runs side by side"
      className={classNames(
        "flex-1 border-t border-line bg-surface -outline-offset-2 transition-opacity",
        stale && "opacity-60",
      )}
    >
      <table
        aria-rowcount={lines.length + 1}
        className="table-fixed border-separate border-spacing-0 text-sm max-sm:[--key:130px]"
        style={{ width: keyWidth + runs.length * columnWidth }}
      >
        <colgroup>
          <col style={{ width: `var(--key, ${keyWidth}px)` }} />
          {runs.map(({ runId }) => (
            <col key={runId} style={{ width: columnWidth }} />
          ))}
        </colgroup>
        <ComparisonHead runs={runs} view={view} />
        <tbody>
          {before > 0 && <tr aria-hidden style={{ height: before }} />}
          {visible.map(({ index }) => {
            const line = lines[index]!;
            return "values" in line ? (
              <RowOfValues
                key={`${line.section} ${line.key}`}
                row={line}
                runs={runs}
                baseline={view.baseline}
                onlyDifferences={view.onlyDifferences}
                index={index}
              />
            ) : (
              <RowOfSection key={line.section} {...line} columns={runs.length} index={index} />
            );
          })}
          {after > 0 && <tr aria-hidden style={{ height: after }} />}
        </tbody>
      </table>
    </TableScroll>
  );
}
