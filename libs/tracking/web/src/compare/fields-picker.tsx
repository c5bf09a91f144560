"use client";

import type { KeyCatalog } from "@runweir/tracking-trpc";
import { Button, Popover } from "@runweir/web-ui";
import type { ReactNode } from "react";
import { FieldList } from "../runs/field-list.tsx";
import { columnId, type RunColumn } from "../runs/run-column.ts";

/** Several fields out of many. */
export function FieldsPicker({
  label,
  icon,
  keys,
  entities,
  attributes,
  chosen,
  max,
  onChosen,
}: {
  readonly label: string;
  readonly icon: ReactNode;
  readonly keys: KeyCatalog | undefined;
  readonly entities: readonly RunColumn["entity"][];
  readonly attributes?: readonly string[];
  readonly chosen: readonly RunColumn[];
  /** More than these the picture does not hold. */
  readonly max: number;
  /** undefined: back to what is chosen by itself. */
  readonly onChosen: (chosen: readonly RunColumn[] | undefined) => void;
}) {
  const full = chosen.length >= max;
  return (
    <Popover label={label} align="start" className="w-80" trigger={<Button icon={icon}>{label}</Button>}>
      <div className="flex flex-col gap-2">
        <FieldList
          keys={keys}
          entities={entities}
          {...(attributes === undefined ? {} : { attributes })}
          chosen={chosen}
          kind="check"
          onChoose={(column, on) => {
            if (on && full) return;
            onChosen(
              on ? [...chosen, column] : chosen.filter((other) => columnId(other) !== columnId(column)),
            );
          }}
        />
        <div className="flex items-center gap-2 border-t border-line pt-2">
          <Button variant="ghost" onClick={() => onChosen(undefined)}>
            Default
          </Button>
          {full && <span className="text-sm text-ink-3">{max} at most</span>}
        </div>
      </div>
    </Popover>
  );
}
