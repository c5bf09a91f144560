"use client";

import type { KeyCatalog } from "@runweir/tracking-trpc";
import { Button, Popover } from "@runweir/web-ui";
import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { FieldList } from "../runs/field-list.tsx";
import { columnTitle, type RunColumn } from "../runs/run-column.ts";

/** One field out of many: a button that says which, a list with a search under it. */
export function FieldSelect({
  label,
  prefix,
  keys,
  entities,
  attributes,
  value,
  none,
  onValueChange,
}: {
  readonly label: string;
  readonly prefix: string;
  readonly keys: KeyCatalog | undefined;
  readonly entities: readonly RunColumn["entity"][];
  readonly attributes?: readonly string[];
  readonly value: RunColumn | undefined;
  /** The word for no field; without it one is always chosen. */
  readonly none?: string;
  readonly onValueChange: (value: RunColumn | undefined) => void;
}) {
  const [open, setOpen] = useState(false);
  const choose = (next: RunColumn | undefined) => {
    setOpen(false);
    onValueChange(next);
  };
  const shown = value === undefined ? (none ?? "…") : columnTitle(value);
  return (
    <Popover
      label={label}
      align="start"
      className="w-80"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button aria-label={`${label}: ${shown}`} className="max-w-64 min-w-0 shrink">
          <span className="text-ink-3">{prefix}</span>
          <span className="truncate">{shown}</span>
          <ChevronDown aria-hidden className="size-3.5 shrink-0 text-ink-3" />
        </Button>
      }
    >
      <div className="flex flex-col gap-2">
        {none !== undefined && (
          <Button variant="ghost" className="justify-start" onClick={() => choose(undefined)}>
            {none}
          </Button>
        )}
        <FieldList
          keys={keys}
          entities={entities}
          {...(attributes === undefined ? {} : { attributes })}
          chosen={value === undefined ? [] : [value]}
          kind="choose"
          onChoose={choose}
        />
      </div>
    </Popover>
  );
}
