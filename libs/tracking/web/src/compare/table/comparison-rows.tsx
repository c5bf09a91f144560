"use client";

import type { WireNumber } from "@runweir/tracking-trpc";
import {
  classNames,
  formatCount,
  formatDuration,
  formatFull,
  formatNumber,
  NumberCell,
  RelativeTime,
} from "@runweir/web-ui";
import {
  type ComparisonRow,
  type ComparisonSection,
  differenceTo,
  endOf,
  standsOut,
} from "./build-comparison.ts";
import type { ComparedRun } from "./use-compared-runs.ts";

const cell = "h-8 border-b border-line px-2.5 whitespace-nowrap";

export function RowOfSection({
  section,
  count,
  columns,
  index,
}: {
  readonly section: ComparisonSection;
  readonly count: number;
  readonly columns: number;
  readonly index: number;
}) {
  return (
    <tr aria-rowindex={index + 2} className="bg-sunken">
      <th
        scope="rowgroup"
        className={classNames(cell, "sticky left-0 z-[1] bg-sunken pl-4 text-left font-semibold text-ink-2")}
      >
        {section} <span className="num font-normal text-ink-3">{formatCount(count)}</span>
      </th>
      <td colSpan={columns} className={classNames(cell, "bg-sunken")} />
    </tr>
  );
}

export function RowOfValues({
  row,
  runs,
  baseline,
  onlyDifferences,
  index,
}: {
  readonly row: ComparisonRow;
  readonly runs: readonly ComparedRun[];
  readonly baseline: number;
  readonly onlyDifferences: boolean;
  readonly index: number;
}) {
  const compared = baseline !== -1 && row.section === "Metrics";
  return (
    <tr aria-rowindex={index + 2} data-differs={row.differs || undefined} className="group/row">
      <th
        scope="row"
        title={row.key}
        className={classNames(
          cell,
          "num sticky left-0 z-[1] truncate border-r bg-surface pl-4 text-left font-normal text-ink-2 group-hover/row:bg-hover",
        )}
      >
        {row.key}
      </th>
      {row.values.map((value, run) => (
        <td
          key={runs[run]?.runId}
          className={classNames(
            cell,
            "truncate text-right group-hover/row:bg-hover",
            standsOut(row, run, { baseline, onlyDifferences }) && "bg-selected",
          )}
        >
          {compared && run !== baseline && <Difference baseline={row.values[baseline]} value={value} />}
          <Value row={row} value={value} />
        </td>
      ))}
    </tr>
  );
}

function Value({
  row,
  value,
}: {
  readonly row: ComparisonRow;
  readonly value: WireNumber | string | undefined;
}) {
  if (value === undefined) return <span className="num text-ink-3">–</span>;
  if (row.section === "Metrics") {
    const end = endOf(row, value);
    return (
      <>
        {end && (
          <span
            title={end === "min" ? "smallest of the row" : "largest of the row"}
            className="num pr-1 text-ink-3"
          >
            {end}
          </span>
        )}
        <NumberCell value={value as WireNumber} />
      </>
    );
  }
  if (typeof value === "number") {
    return row.key === "started" ? (
      <RelativeTime at={value} className="text-ink-2" />
    ) : (
      <span className="num" title={`${formatCount(value)} ms`}>
        {formatDuration(value)}
      </span>
    );
  }
  return (
    <span className="num" title={value}>
      {value === "" ? <span className="text-ink-3">empty</span> : value}
    </span>
  );
}

function Difference({
  baseline,
  value,
}: {
  readonly baseline: WireNumber | string | undefined;
  readonly value: WireNumber | string | undefined;
}) {
  const difference = differenceTo(baseline, value);
  if (difference === undefined || difference.absolute === 0) return null;
  const { absolute, percent } = difference;
  const sign = (number: number) => `${number > 0 ? "+" : ""}${formatNumber(number, 3)}`;
  return (
    <span
      className="num float-left pr-2 text-ink-3"
      title={`difference to the baseline: ${formatFull(absolute)}`}
    >
      {sign(absolute)}
      {percent !== undefined && ` ${sign(percent)} %`}
    </span>
  );
}
