"use client";

import type { WireRun } from "@runweir/tracking-trpc";
import { Checkbox, classNames } from "@runweir/web-ui";
import type { Header } from "@tanstack/react-table";
import { ArrowDown, ArrowUp } from "lucide-react";
import {
  columnId,
  columnTitle,
  isSortable,
  nameColumn,
  parseColumn,
  type RunColumn,
} from "../runs/run-column.ts";
import type { RunsFeatures, RunsTableProps } from "./runs-table.tsx";

type RunsHeader = Header<RunsFeatures, WireRun>;

const cell =
  "sticky top-0 z-10 h-8 border-b border-line bg-surface px-2.5 text-left font-medium whitespace-nowrap text-ink-2";

/** Headings: a press sorts by the column and again the other way; the edge is dragged for width. */
export function RunsHead({
  headers,
  runs,
  order,
  onOrder,
  selection,
}: RunsTableProps & { readonly headers: readonly RunsHeader[] }) {
  const all = runs !== undefined && runs.length > 0 && runs.every(({ info }) => selection.has(info.runId));
  return (
    <thead>
      <tr>
        <th scope="col" className={classNames(cell, "left-0 z-20 px-2.5")}>
          <Checkbox
            label="Select all loaded runs"
            checked={all ? true : selection.size > 0 ? "indeterminate" : false}
            onCheckedChange={(checked) =>
              checked ? selection.set(runs?.map(({ info }) => info.runId) ?? []) : selection.set([])
            }
          />
        </th>
        {headers.map((header) => {
          const column = header.id === columnId(nameColumn) ? nameColumn : parseColumn(header.id);
          if (column === undefined) return null;
          const sorted =
            columnId(order.column) === header.id ? (order.ascending ? "ascending" : "descending") : undefined;
          return (
            <th
              key={header.id}
              scope="col"
              aria-sort={sorted}
              className={classNames(
                cell,
                column === nameColumn ? "z-20 sm:left-9" : isNumeric(column) && "text-right",
              )}
            >
              <HeadLabel
                column={column}
                sorted={sorted}
                onSort={() =>
                  onOrder({
                    column,
                    ascending: sorted === undefined ? startsAscending(column) : !order.ascending,
                  })
                }
              />
              <span
                aria-hidden
                onMouseDown={header.getResizeHandler()}
                onTouchStart={header.getResizeHandler()}
                className="absolute inset-y-1.5 right-0 w-1 cursor-col-resize touch-none border-r border-line hover:border-accent"
              />
            </th>
          );
        })}
        <th className={cell} aria-hidden />
      </tr>
    </thead>
  );
}

function HeadLabel({
  column,
  sorted,
  onSort,
}: {
  readonly column: RunColumn;
  readonly sorted: "ascending" | "descending" | undefined;
  readonly onSort: () => void;
}) {
  const title = column === nameColumn ? "Run" : columnTitle(column);
  const mono = column.entity !== "attribute" && "num";
  if (!isSortable(column)) return <span className={classNames("block truncate", mono)}>{title}</span>;
  return (
    <button
      type="button"
      onClick={onSort}
      title={`${columnId(column)}: sort`}
      className={classNames("inline-flex max-w-full items-center gap-1 rounded-sm hover:text-ink", mono)}
    >
      <span className="truncate">{title}</span>
      {sorted === "ascending" && <ArrowUp aria-hidden className="size-3 shrink-0" />}
      {sorted === "descending" && <ArrowDown aria-hidden className="size-3 shrink-0" />}
    </button>
  );
}

export function isNumeric(column: RunColumn): boolean {
  return column.entity === "metric" || (column.entity === "attribute" && column.key === "duration");
}

/** Numbers and times are wanted largest first, words from the beginning of the alphabet. */
function startsAscending(column: RunColumn): boolean {
  return column.entity === "param" || column.entity === "tag" || column === nameColumn;
}
