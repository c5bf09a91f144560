"use client";

import type { KeyCatalog } from "@runweir/tracking-trpc";
import { Checkbox, classNames, formatCount, SearchInput } from "@runweir/web-ui";
import { useState } from "react";
import { attributeColumns, columnId, columnTitle, type RunColumn } from "./run-column.ts";

/** Of a thousand keys only these are listed; the search finds the others. */
const listedMax = 60;

type Entity = RunColumn["entity"];

/** The metrics, params, tags and attributes that runs have, with a search; several are checked, or one is chosen. */
export function FieldList({
  keys,
  entities,
  attributes = Object.keys(attributeColumns),
  chosen,
  kind,
  onChoose,
}: {
  readonly keys: KeyCatalog | undefined;
  /** What is offered, in this order. */
  readonly entities: readonly Entity[];
  readonly attributes?: readonly string[];
  readonly chosen: readonly RunColumn[];
  readonly kind: "check" | "choose";
  readonly onChoose: (column: RunColumn, on: boolean) => void;
}) {
  const [text, setText] = useState("");
  const wanted = text.trim().toLowerCase();
  const ids = new Set(chosen.map(columnId));
  const groups = entities.map((entity) => {
    const found = choicesOf(entity, keys, attributes).filter(({ column }) =>
      columnTitle(column).toLowerCase().includes(wanted),
    );
    return { title: titles[entity], found, listed: found.slice(0, listedMax) };
  });
  return (
    <>
      <SearchInput label="Search names" placeholder="Search names" value={text} onValueChange={setText} />
      <div className="flex max-h-[50vh] flex-col gap-2 overflow-y-auto">
        {groups.map(
          ({ title, found, listed }) =>
            found.length > 0 && (
              <fieldset key={title} className="min-w-0">
                <legend className="px-1 text-xs text-ink-3">
                  {title} {formatCount(found.length)}
                </legend>
                {listed.map(({ column, runs }) => (
                  <Choice
                    key={columnId(column)}
                    column={column}
                    runs={runs}
                    on={ids.has(columnId(column))}
                    kind={kind}
                    onChoose={(on) => onChoose(column, on)}
                  />
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
    </>
  );
}

function Choice({
  column,
  runs,
  on,
  kind,
  onChoose,
}: {
  readonly column: RunColumn;
  readonly runs: number | undefined;
  readonly on: boolean;
  readonly kind: "check" | "choose";
  readonly onChoose: (on: boolean) => void;
}) {
  const id = columnId(column);
  const name = (
    <span className="truncate" title={id}>
      {columnTitle(column)}
    </span>
  );
  const count = runs !== undefined && (
    <span className="num ml-auto text-ink-3" title="runs that have it">
      {formatCount(runs)}
    </span>
  );
  if (kind === "check") {
    return (
      <div className="flex h-7 items-center gap-2 px-1">
        <Checkbox label={id} checked={on} onCheckedChange={onChoose} className="min-w-0 flex-1">
          {name}
        </Checkbox>
        {count}
      </div>
    );
  }
  return (
    <button
      type="button"
      aria-label={id}
      aria-pressed={on}
      onClick={() => onChoose(true)}
      className={classNames(
        "flex h-7 w-full items-center gap-2 rounded-sm px-1 text-left text-sm hover:bg-hover",
        on && "font-semibold text-accent",
      )}
    >
      {name}
      {count}
    </button>
  );
}

const titles: Readonly<Record<Entity, string>> = {
  attribute: "Attributes",
  metric: "Metrics",
  param: "Params",
  tag: "Tags",
};

interface Found {
  readonly column: RunColumn;
  readonly runs: number | undefined;
}

function choicesOf(
  entity: Entity,
  keys: KeyCatalog | undefined,
  attributes: readonly string[],
): readonly Found[] {
  if (entity === "attribute") return attributes.map((key) => ({ column: { entity, key }, runs: undefined }));
  const list = { metric: keys?.metrics, param: keys?.params, tag: keys?.tags }[entity];
  return (list ?? []).map(({ key, runs }) => ({ column: { entity, key }, runs }));
}
