"use client";

import type { WireRun } from "@runweir/tracking-trpc";
import {
  Checkbox,
  classNames,
  Duration,
  NumberCell,
  RelativeTime,
  RunDot,
  Skeleton,
  Status,
  StatusMark,
  statusKindOf,
  TableRow,
} from "@runweir/web-ui";
import { ZoneLink } from "@runweir/web-zones/link";
import { CornerDownRight } from "lucide-react";
import { memo } from "react";
import { tagValue } from "../mlflow-tags.ts";
import { columnId, metricOf, type RunColumn } from "../runs/run-column.ts";
import { isNumeric } from "./runs-head.tsx";

const cell = "h-8 truncate border-b border-line px-2.5 whitespace-nowrap";
/** Cells that stay while the rest scrolls sideways hide it with the row's own ground. */
const fixed = "bg-surface group-hover/row:bg-hover group-data-[selected]/row:bg-selected";

export const RunRow = memo(function RunRow({
  run,
  index,
  columns,
  selected,
  slot,
  onSelect,
}: {
  readonly run: WireRun;
  readonly index: number;
  readonly columns: readonly RunColumn[];
  readonly selected: boolean;
  /** The palette slot of a run that is drawn. */
  readonly slot: number | undefined;
  readonly onSelect: (runId: string, range: boolean) => void;
}) {
  const { info } = run;
  const name = info.runName || info.runId;
  const status = statusKindOf(info.status);
  return (
    <TableRow
      selected={selected}
      data-row={index}
      aria-rowindex={index + 2}
      className="focus-within:bg-hover"
    >
      <td
        className={classNames(cell, fixed, "sticky left-0 z-[1] px-2.5")}
        onClickCapture={(event) => {
          if (!event.shiftKey) return;
          event.stopPropagation();
          event.preventDefault();
          onSelect(info.runId, true);
        }}
      >
        <Checkbox
          label={`Select ${name}`}
          checked={selected}
          onCheckedChange={() => onSelect(info.runId, false)}
        />
      </td>
      <td className={classNames(cell, fixed, "z-[1] sm:sticky sm:left-9")}>
        <span className="flex min-w-0 items-center gap-2">
          <RunDot runId={info.runId} {...(slot === undefined ? {} : { slot })} filled={slot !== undefined} />
          {tagValue(run.tags, "mlflow.parentRunId") !== undefined && (
            <CornerDownRight aria-label="nested" className="size-3 shrink-0 text-ink-3" />
          )}
          <ZoneLink
            href={`/runs/${info.runId}`}
            title={name}
            className="min-w-0 truncate rounded-sm hover:underline"
          >
            {name}
          </ZoneLink>
          {status !== "done" && (
            <span className="ml-auto shrink-0">
              <Status kind={status} quiet />
            </span>
          )}
        </span>
      </td>
      {columns.map((column) => (
        <td key={columnId(column)} className={classNames(cell, isNumeric(column) && "text-right")}>
          <Value run={run} column={column} />
        </td>
      ))}
      <td className="border-b border-line" aria-hidden />
    </TableRow>
  );
});

function Value({ run, column }: { readonly run: WireRun; readonly column: RunColumn }) {
  switch (column.entity) {
    case "metric":
      return <NumberCell value={metricOf(run, column.key)} />;
    case "param":
      return <Text value={run.params.find(({ key }) => key === column.key)?.value} />;
    case "tag":
      return <Text value={tagValue(run.tags, column.key)} />;
    case "attribute":
      return <Attribute run={run} name={column.key} />;
  }
}

function Text({ value }: { readonly value: string | undefined }) {
  if (value === undefined) return <span className="num text-ink-3">–</span>;
  return (
    <span className="num" title={value}>
      {value}
    </span>
  );
}

function Attribute({ run, name }: { readonly run: WireRun; readonly name: string }) {
  const { info } = run;
  switch (name) {
    case "status":
      return (
        <span className="inline-flex items-center gap-1 text-ink-2">
          <StatusMark kind={statusKindOf(info.status)} />
          {info.status.toLowerCase()}
        </span>
      );
    case "start_time":
      return <RelativeTime at={info.startTime} className="text-ink-3" />;
    case "end_time":
      return info.endTime === null ? null : <RelativeTime at={info.endTime} className="text-ink-3" />;
    case "duration":
      return (
        <Duration
          from={info.startTime}
          to={info.status === "RUNNING" ? null : (info.endTime ?? info.startTime)}
          className="num text-ink-2"
        />
      );
    case "user_id":
      return <Text value={info.userId} />;
    case "run_id":
      return <Text value={info.runId} />;
    case "source":
      return <Text value={tagValue(run.tags, "mlflow.source.name")} />;
    case "datasets":
      return <Text value={run.datasetInputs.map(({ dataset }) => dataset.name).join(", ") || undefined} />;
    case "models":
      return <Text value={String(run.modelOutputs.length || "") || undefined} />;
    default:
      return null;
  }
}

export function RunRowSkeleton({ index, columns }: { readonly index: number; readonly columns: number }) {
  return (
    <tr aria-rowindex={index + 2}>
      <td className={cell} />
      {Array.from({ length: columns }, (_, column) => (
        // Placeholders have no identity but their place.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <td key={column} className={cell}>
          <Skeleton className={column === 0 ? "w-28" : "ml-auto w-14"} />
        </td>
      ))}
      <td className="border-b border-line" />
    </tr>
  );
}
