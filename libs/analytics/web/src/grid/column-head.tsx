// biome-ignore-all lint/a11y/useSemanticElements: see the grid
"use client";

import { classNames, formatCount, formatInstant, formatNumber } from "@runweir/web-ui";
import { ArrowDown, ArrowUp } from "lucide-react";
import type { ResultColumn } from "../run/result-table.ts";
import type { ColumnSummary } from "./summarise-column.ts";

/** Name, type and what is in the column; a click sorts by it. */
export function ColumnHead({
  column,
  summary,
  sorted,
  width,
  onSort,
}: {
  readonly column: ResultColumn;
  readonly summary: ColumnSummary | undefined;
  readonly sorted: "ascending" | "descending" | undefined;
  readonly width: number;
  readonly onSort: () => void;
}) {
  const right = column.kind === "number";
  return (
    <div
      role="columnheader"
      tabIndex={-1}
      aria-sort={sorted ?? "none"}
      className={classNames("shrink-0 px-2.5 py-1.5", right && "text-right")}
      style={{ width }}
    >
      <button
        type="button"
        title={`${column.name} (${column.type}). Sort what is loaded`}
        className={classNames("flex w-full items-center gap-1 font-semibold", right && "justify-end")}
        onClick={onSort}
      >
        <span className="truncate">{column.name}</span>
        {sorted === "ascending" && <ArrowUp aria-hidden className="size-3 shrink-0" />}
        {sorted === "descending" && <ArrowDown aria-hidden className="size-3 shrink-0" />}
      </button>
      <Summary summary={summary} column={column} />
    </div>
  );
}

function Summary({
  summary,
  column,
}: {
  readonly summary: ColumnSummary | undefined;
  readonly column: ResultColumn;
}) {
  if (!summary) return <div className="h-6" />;
  const nulls = summary.nulls > 0 ? `${formatCount(summary.nulls)} NULL` : undefined;
  const { histogram } = summary;
  if (!histogram) {
    const distinct =
      summary.distinct === undefined
        ? "over 10,000 values"
        : summary.distinct === 1
          ? "1 value"
          : `${formatCount(summary.distinct)} values`;
    return (
      <div className="flex h-6 items-center text-sm font-normal text-ink-3">
        <span className="truncate">{[distinct, nulls].filter(Boolean).join(" · ")}</span>
      </div>
    );
  }
  const most = Math.max(...histogram.counts);
  const show = column.kind === "number" ? formatNumber : formatInstant;
  const range = `${show(histogram.min)} to ${show(histogram.max)}`;
  return (
    <div
      className="flex h-6 items-end gap-px"
      role="img"
      aria-label={[range, nulls].filter(Boolean).join(", ")}
      title={[range, nulls].filter(Boolean).join("\n")}
    >
      {histogram.counts.map((count, bin) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: a bin is its place
          key={bin}
          className={classNames("min-w-0 flex-1 rounded-t-[1px]", count > 0 ? "bg-accent-soft" : "bg-line")}
          style={{ height: count > 0 ? `${Math.max(12, (100 * count) / most)}%` : 1 }}
        />
      ))}
    </div>
  );
}
