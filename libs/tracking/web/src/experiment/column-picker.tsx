"use client";

import type { KeyCatalog } from "@runweir/tracking-trpc";
import { Button, Popover } from "@runweir/web-ui";
import { Columns3 } from "lucide-react";
import { FieldList } from "../runs/field-list.tsx";
import { columnId, type RunColumn } from "../runs/run-column.ts";

/** Which params, metrics, tags and attributes are columns. */
export function ColumnPicker({
  keys,
  columns,
  onColumns,
}: {
  readonly keys: KeyCatalog | undefined;
  readonly columns: readonly RunColumn[];
  /** undefined: back to what is chosen by itself. */
  readonly onColumns: (columns: readonly RunColumn[] | undefined) => void;
}) {
  return (
    <Popover
      label="Columns"
      className="w-80"
      trigger={<Button icon={<Columns3 aria-hidden className="size-3.5" />}>Columns</Button>}
    >
      <div className="flex flex-col gap-2">
        <FieldList
          keys={keys}
          entities={["attribute", "metric", "param", "tag"]}
          chosen={columns}
          kind="check"
          onChoose={(column, on) =>
            onColumns(
              on ? [...columns, column] : columns.filter((other) => columnId(other) !== columnId(column)),
            )
          }
        />
        <div className="flex gap-2 border-t border-line pt-2">
          <Button variant="ghost" onClick={() => onColumns(undefined)}>
            Default
          </Button>
          <Button variant="ghost" onClick={() => onColumns([])}>
            None
          </Button>
        </div>
      </div>
    </Popover>
  );
}
