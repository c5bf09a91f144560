// biome-ignore-all lint/a11y/useSemanticElements: a grid of a million rows of which some are drawn; a table would measure all
"use client";

import { classNames } from "@runweir/web-ui";
import { useEffect, useMemo, useRef, useState } from "react";
import { formatCell } from "../run/format-cell.ts";
import type { ResultTable } from "../run/result-table.ts";
import { type CellPlace, cellKeys } from "./cell-keys.ts";
import { CellView } from "./cell-view.tsx";
import { ColumnHead } from "./column-head.tsx";
import { columnWidths } from "./column-widths.ts";
import { scrollTo, windowOf } from "./row-window.ts";
import { type RowSort, sortRows } from "./sort-rows.ts";
import { useSummaries } from "./use-summaries.ts";

const rowHeight = 30;
const headHeight = 58;

/**
 * A result of any number of rows: what is seen is drawn, everything is within reach of scroll bar and keys. As long as more
 * rows are on the way, columns have no summaries and rows no order but theirs.
 */
export function ResultGrid({ table, isComing }: { readonly table: ResultTable; readonly isComing: boolean }) {
  const scroller = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 600 });
  const [sort, setSort] = useState<RowSort>();
  const [cell, setCell] = useState<CellPlace>({ row: 0, column: 0 });
  const [opened, setOpened] = useState<CellPlace>();
  const summaries = useSummaries(isComing ? undefined : table);
  const widths = useMemo(() => columnWidths(table), [table]);
  const order = useMemo(() => (isComing ? undefined : sortRows(table, sort)), [table, sort, isComing]);
  const rowAt = (shown: number) => order?.[shown] ?? shown;

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const measure = () => setView({ top: element.scrollTop, height: element.clientHeight - headHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener("scroll", measure, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", measure);
    };
  }, []);

  const shown = windowOf(table.rows, rowHeight, view.top, view.height);
  const move = (next: CellPlace) => {
    setCell(next);
    const element = scroller.current;
    if (!element) return;
    const top = scrollTo(next.row, table.rows, rowHeight, element.scrollTop, view.height);
    if (top !== undefined) element.scrollTop = top;
    const left = widths.slice(0, next.column).reduce((sum, width) => sum + width, 0);
    const right = left + (widths[next.column] ?? 0);
    if (left < element.scrollLeft) element.scrollLeft = left;
    else if (right > element.scrollLeft + element.clientWidth)
      element.scrollLeft = right - element.clientWidth;
  };
  const keys = cellKeys({
    table,
    cell,
    page: Math.max(1, Math.floor(view.height / rowHeight) - 1),
    rowAt,
    onMove: move,
  });
  const sortBy = (column: number) =>
    setSort((now) =>
      now?.column !== column
        ? { column, descending: false }
        : now.descending
          ? undefined
          : { column, descending: true },
    );
  const whole = widths.reduce((sum, width) => sum + width, 0);
  const openedColumn = opened && table.columns[opened.column];
  return (
    <>
      <div
        ref={scroller}
        role="grid"
        aria-label="Result"
        aria-busy={isComing}
        aria-rowcount={table.rows + 1}
        aria-colcount={table.columns.length}
        aria-activedescendant={`cell-${cell.row}-${cell.column}`}
        tabIndex={0}
        className="h-full min-h-0 overflow-auto outline-none focus-visible:ring-2 focus-visible:ring-accent focus-visible:ring-inset"
        onKeyDown={(event) => {
          if (event.key === "Enter") setOpened(cell);
          else keys(event);
        }}
      >
        <div
          role="row"
          tabIndex={-1}
          aria-rowindex={1}
          className="sticky top-0 z-10 flex min-w-full border-b border-line-strong bg-surface"
          style={{ width: whole, height: headHeight }}
        >
          {table.columns.map((column, i) => (
            <ColumnHead
              // biome-ignore lint/suspicious/noArrayIndexKey: columns may have one name
              key={i}
              column={column}
              summary={summaries[i]}
              width={widths[i] ?? 0}
              sorted={
                !isComing && sort?.column === i ? (sort.descending ? "descending" : "ascending") : undefined
              }
              onSort={() => sortBy(i)}
            />
          ))}
        </div>
        <div className="relative" style={{ height: shown.height, width: whole, minWidth: "100%" }}>
          <div className="absolute inset-x-0" style={{ top: shown.top }}>
            {Array.from({ length: shown.count }, (_, i) => shown.first + i).map((place) => (
              <div
                key={place}
                role="row"
                tabIndex={-1}
                aria-rowindex={place + 2}
                className="flex border-b border-line hover:bg-hover"
                style={{ height: rowHeight }}
              >
                {table.columns.map((column, i) => {
                  const value = column.value(rowAt(place));
                  const here = place === cell.row && i === cell.column;
                  return (
                    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the keys
                    <div
                      // biome-ignore lint/suspicious/noArrayIndexKey: columns may have one name
                      key={i}
                      id={`cell-${place}-${i}`}
                      role="gridcell"
                      tabIndex={-1}
                      aria-colindex={i + 1}
                      aria-selected={here}
                      title={
                        column.kind === "time" && typeof value === "number"
                          ? new Date(value).toISOString()
                          : undefined
                      }
                      className={classNames(
                        "shrink-0 truncate px-2.5 font-mono text-sm leading-[29px] whitespace-pre tabular-nums",
                        column.kind === "number" && "text-right",
                        value === null && "text-ink-3",
                        here && "bg-selected",
                      )}
                      style={{ width: widths[i] }}
                      onClick={() => setCell({ row: place, column: i })}
                      onDoubleClick={() => setOpened({ row: place, column: i })}
                    >
                      {formatCell(value, column.kind)}
                    </div>
                  );
                })}
              </div>
            ))}
          </div>
        </div>
      </div>
      {opened && openedColumn && (
        <CellView
          name={openedColumn.name}
          kind={openedColumn.kind}
          value={openedColumn.value(rowAt(opened.row))}
          onClose={() => {
            setOpened(undefined);
            scroller.current?.focus();
          }}
        />
      )}
    </>
  );
}
