"use client";

import type { FigureDefinition } from "@runweir/analytics-domain";
import { Button, Kbd, Menu, MenuItem, useKeyNames } from "@runweir/web-ui";
import { ChartColumn, ChevronDown, History, ListTree, Play, Square } from "lucide-react";
import type { ReactNode } from "react";
import type { SqlFormat } from "../run/sql-request.ts";
import type { Run } from "../run/use-run.ts";

export interface ToolbarProps {
  readonly run: Run;
  readonly canRun: boolean;
  readonly isSaved: boolean;
  readonly figure: FigureDefinition | undefined;
  readonly parameters: ReactNode;
  readonly status: ReactNode;
  readonly onRun: () => void;
  readonly onCancel: () => void;
  readonly onSave: () => void;
  readonly onSaveAs: () => void;
  readonly onShare: () => void;
  readonly onDownload: (format: SqlFormat) => void;
  readonly onPlan: () => void;
  readonly onHistory: () => void;
  readonly onTables: () => void;
  readonly onChart: () => void;
}

const formats: readonly { readonly format: SqlFormat; readonly label: string }[] = [
  { format: "csv", label: "CSV, for spreadsheets" },
  { format: "parquet", label: "Parquet" },
  { format: "arrow", label: "Arrow stream" },
  { format: "json", label: "JSON" },
];

/** What is done with the statement above and the result below. */
export function Toolbar(props: ToolbarProps) {
  const { run } = props;
  const isDone = run.state === "done";
  const keys = useKeyNames("mod+Enter");
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2 border-y border-line bg-surface px-3 py-1.5">
      {run.state === "running" ? (
        <Button icon={<Square aria-hidden className="size-3.5" />} onClick={props.onCancel}>
          Cancel <Kbd>Esc</Kbd>
        </Button>
      ) : (
        <Button
          variant="primary"
          disabled={!props.canRun}
          icon={<Play aria-hidden className="size-3.5" />}
          onClick={props.onRun}
        >
          Run{" "}
          <span className="rounded-sm border border-current px-1 text-xs opacity-80 max-sm:hidden">
            {keys}
          </span>
        </Button>
      )}
      <Button
        className="md:hidden"
        icon={<ListTree aria-hidden className="size-3.5" />}
        onClick={props.onTables}
      >
        Tables
      </Button>
      {props.parameters}
      <div className="flex min-w-0 flex-wrap items-center gap-2 sm:ml-auto sm:justify-end">
        {props.status}
        {isDone && (
          <Button
            icon={<ChartColumn aria-hidden className="size-3.5" />}
            aria-pressed={props.figure !== undefined}
            onClick={props.onChart}
          >
            Chart
          </Button>
        )}
        <Button onClick={props.onShare} disabled={!props.canRun}>
          Share
        </Button>
        <Menu
          label="Save"
          trigger={
            <Button disabled={!props.canRun}>
              Save <ChevronDown aria-hidden className="size-3.5" />
            </Button>
          }
        >
          {props.isSaved && <MenuItem onSelect={props.onSave}>Save changes</MenuItem>}
          <MenuItem onSelect={props.onSaveAs}>{props.isSaved ? "Save as another..." : "Save..."}</MenuItem>
        </Menu>
        <Menu
          label="More"
          trigger={
            <Button disabled={!props.canRun}>
              Download <ChevronDown aria-hidden className="size-3.5" />
            </Button>
          }
        >
          {formats.map(({ format, label }) => (
            <MenuItem key={format} onSelect={() => props.onDownload(format)}>
              {label}
            </MenuItem>
          ))}
        </Menu>
        <Button onClick={props.onPlan} disabled={!props.canRun}>
          Plan
        </Button>
        <Button icon={<History aria-hidden className="size-3.5" />} onClick={props.onHistory}>
          History
        </Button>
      </div>
    </div>
  );
}
