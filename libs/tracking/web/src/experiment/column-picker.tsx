"use client";

import type { KeyCatalog } from "@runweir/tracking-trpc";
import { Button, Checkbox, formatCount, Popover, SearchInput } from "@runweir/web-ui";
import { Columns3 } from "lucide-react";
import { useState } from "react";
import { attributeColumns, columnId, columnTitle, type RunColumn } from "../runs/run-column.ts";

/** Of a thousand keys only these are listed; the search finds the others. */
const listedMax = 60;

interface PickerProps {
  readonly keys: KeyCatalog | undefined;
  readonly columns: readonly RunColumn[];
  /** undefined: back to what is chosen by itself. */
  readonly onColumns: (columns: readonly RunColumn[] | undefined) => void;
}

/** Which params, metrics, tags and attributes are columns. */
export function ColumnPicker(props: PickerProps) {
  return (
    <Popover
      label="Columns"
      className="w-80"
      trigger={<Button icon={<Columns3 aria-hidden className="size-3.5" />}>Columns</Button>}
    >
      <PickerBody {...props} />
    </Popover>
  );
}

function PickerBody({ keys, columns, onColumns }: PickerProps) {
  const [text, setText] = useState("");
  const chosen = new Set(columns.map(columnId));
  const groups = groupsOf(keys).map(({ title, columns: all }) => {
    const found = all.filter(({ column }) =>
      columnTitle(column).toLowerCase().includes(text.trim().toLowerCase()),
    );
    return { title, found, listed: found.slice(0, listedMax) };
  });
  const toggle = (column: RunColumn, on: boolean) =>
    onColumns(on ? [...columns, column] : columns.filter((other) => columnId(other) !== columnId(column)));
  return (
    <div className="flex flex-col gap-2">
      <SearchInput label="Search columns" placeholder="Search columns" value={text} onValueChange={setText} />
      <div className="flex max-h-[50vh] flex-col gap-2 overflow-y-auto">
        {groups.map(
          ({ title, found, listed }) =>
            found.length > 0 && (
              <fieldset key={title} className="min-w-0">
                <legend className="px-1 text-xs text-ink-3">
                  {title} {formatCount(found.length)}
                </legend>
                {listed.map(({ column, runs }) => (
                  <div key={columnId(column)} className="flex h-7 items-center gap-2 px-1">
                    <Checkbox
                      label={columnId(column)}
                      checked={chosen.has(columnId(column))}
                      onCheckedChange={(on) => toggle(column, on)}
                      className="min-w-0 flex-1"
                    >
                      <span className="truncate" title={columnId(column)}>
                        {columnTitle(column)}
                      </span>
                    </Checkbox>
                    {runs !== undefined && (
                      <span className="num text-ink-3" title="runs that have it">
                        {formatCount(runs)}
                      </span>
                    )}
                  </div>
                ))}
                {found.length > listed.length && (
                  <p className="px-1 text-xs text-ink-3">
                    and {formatCount(found.length - listed.length)} more; search to find them
                  </p>
                )}
              </fieldset>
            ),
        )}
        {groups.every(({ found }) => found.length === 0) && (
          <p className="px-1 text-sm text-ink-3">Nothing is called that.</p>
        )}
      </div>
      <div className="flex gap-2 border-t border-line pt-2">
        <Button variant="ghost" onClick={() => onColumns(undefined)}>
          Default
        </Button>
        <Button variant="ghost" onClick={() => onColumns([])}>
          None
        </Button>
      </div>
    </div>
  );
}

interface Choice {
  readonly column: RunColumn;
  readonly runs?: number;
}

function groupsOf(
  keys: KeyCatalog | undefined,
): readonly { readonly title: string; readonly columns: readonly Choice[] }[] {
  const of = (entity: RunColumn["entity"], list: KeyCatalog["metrics"] | undefined): readonly Choice[] =>
    (list ?? []).map(({ key, runs }) => ({ column: { entity, key }, runs }));
  return [
    {
      title: "Attributes",
      columns: Object.keys(attributeColumns).map((key) => ({ column: { entity: "attribute", key } })),
    },
    { title: "Metrics", columns: of("metric", keys?.metrics) },
    { title: "Params", columns: of("param", keys?.params) },
    { title: "Tags", columns: of("tag", keys?.tags) },
  ];
}
