"use client";

import type { Brush, ParallelAxis } from "@runweir/web-charts";
import { Button, Checkbox, formatCount, Input, Popover, Switch } from "@runweir/web-ui";
import { ArrowLeft, ArrowRight, X } from "lucide-react";
import { useState } from "react";

const listedMax = 100;

/** An axis' name; pressed, what can be done with the axis, its brush by keys too. */
export function AxisMenu({
  axis,
  brush,
  first,
  last,
  onMove,
  onLog,
  onBrush,
  onRemove,
}: {
  readonly axis: ParallelAxis;
  readonly brush: Brush | undefined;
  readonly first: boolean;
  readonly last: boolean;
  readonly onMove: (by: -1 | 1) => void;
  readonly onLog: () => void;
  readonly onBrush: (brush: Brush | undefined) => void;
  readonly onRemove: () => void;
}) {
  const { column } = axis;
  return (
    <Popover
      label={`Axis ${column.title}`}
      align="center"
      className="w-64"
      trigger={
        <button
          type="button"
          title={column.id}
          className="num min-w-0 truncate rounded-sm px-0.5 font-medium text-ink-2 hover:text-ink data-[state=open]:text-accent"
        >
          {column.title}
        </button>
      }
    >
      <div className="flex flex-col gap-2 text-sm">
        <span className="num truncate px-1 text-ink-3" title={column.id}>
          {column.id}
        </span>
        {column.kind === "number" ? (
          <>
            <Switch
              label="Logarithmic"
              checked={column.log === true}
              onCheckedChange={onLog}
              className="px-1"
            />
            <RangeFields axis={axis} brush={brush} onBrush={onBrush} />
          </>
        ) : (
          <NameBoxes names={axis.names} brush={brush} onBrush={onBrush} />
        )}
        <div className="flex flex-wrap gap-1 border-t border-line pt-2">
          <Button
            variant="ghost"
            disabled={first}
            icon={<ArrowLeft aria-hidden className="size-3.5" />}
            onClick={() => onMove(-1)}
          >
            Left
          </Button>
          <Button
            variant="ghost"
            disabled={last}
            icon={<ArrowRight aria-hidden className="size-3.5" />}
            onClick={() => onMove(1)}
          >
            Right
          </Button>
          <Button variant="ghost" icon={<X aria-hidden className="size-3.5" />} onClick={onRemove}>
            Remove
          </Button>
        </div>
      </div>
    </Popover>
  );
}

function RangeFields({
  axis,
  brush,
  onBrush,
}: Pick<Parameters<typeof AxisMenu>[0], "axis" | "brush" | "onBrush">) {
  const range = brush?.kind === "range" ? brush : undefined;
  const [draft, setDraft] = useState({ from: text(range?.from), to: text(range?.to) });
  const apply = () => {
    const [from, to] = [
      draft.from.trim() === "" ? axis.valueAt(0) : Number(draft.from),
      draft.to.trim() === "" ? axis.valueAt(1) : Number(draft.to),
    ];
    if (Number.isNaN(from) || Number.isNaN(to)) return;
    onBrush({ kind: "range", from: Math.min(from, to), to: Math.max(from, to) });
  };
  const field = (name: "from" | "to") => (
    <Input
      mono
      aria-label={`${axis.column.title} ${name}`}
      placeholder={name}
      inputMode="decimal"
      value={draft[name]}
      aria-invalid={Number.isNaN(Number(draft[name]))}
      onChange={(event) => setDraft({ ...draft, [name]: event.target.value })}
    />
  );
  return (
    <form
      className="flex items-center gap-1 px-1"
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      {field("from")}
      <span className="text-ink-3">–</span>
      {field("to")}
      <Button type="submit">Apply</Button>
      {range && (
        <Button
          variant="ghost"
          size="icon"
          aria-label="Clear the range"
          icon={<X aria-hidden className="size-3.5" />}
          onClick={() => {
            setDraft({ from: "", to: "" });
            onBrush(undefined);
          }}
        />
      )}
    </form>
  );
}

function NameBoxes({
  names,
  brush,
  onBrush,
}: {
  readonly names: readonly string[];
  readonly brush: Brush | undefined;
  readonly onBrush: (brush: Brush | undefined) => void;
}) {
  const chosen = brush?.kind === "names" ? brush.names : [];
  const toggle = (name: string, on: boolean) => {
    const next = on ? [...chosen, name] : chosen.filter((other) => other !== name);
    onBrush(next.length === 0 ? undefined : { kind: "names", names: next });
  };
  return (
    <div className="flex max-h-48 flex-col overflow-y-auto px-1">
      {names.slice(0, listedMax).map((name) => (
        <Checkbox
          key={name}
          label={name}
          checked={chosen.includes(name)}
          onCheckedChange={(on) => toggle(name, on)}
          className="h-7 shrink-0"
        >
          <span className="num truncate">{name === "" ? "(empty)" : name}</span>
        </Checkbox>
      ))}
      {names.length > listedMax && (
        <p className="text-xs text-ink-3">
          and {formatCount(names.length - listedMax)} more; drag along the axis
        </p>
      )}
    </div>
  );
}

function text(value: number | undefined): string {
  return value === undefined ? "" : String(value);
}
