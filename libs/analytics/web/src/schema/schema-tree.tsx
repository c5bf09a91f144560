"use client";

import { classNames, ErrorState, SearchInput, SkeletonRows } from "@runweir/web-ui";
import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { SqlFailure } from "../run/sql-failure.ts";
import { type SchemaTable, useSchema } from "./use-schema.ts";

/** The tables and what is in them; a click puts a name into the statement. */
export function SchemaTree({ onInsert }: { readonly onInsert: (name: string) => void }) {
  const schema = useSchema();
  const [search, setSearch] = useState("");
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set(["runs"]));
  const words = search.trim().toLowerCase();
  const found = schema.data?.flatMap((table) => {
    const columns = table.columns.filter(({ name }) => name.toLowerCase().includes(words));
    if (words === "" || table.name.toLowerCase().includes(words)) return [table];
    return columns.length > 0 ? [{ ...table, columns }] : [];
  });
  const toggle = (name: string) =>
    setOpen((now) => {
      const next = new Set(now);
      if (!next.delete(name)) next.add(name);
      return next;
    });
  return (
    <section aria-label="Tables" className="flex shrink-0 flex-col gap-1">
      <SearchInput
        label="Search tables and columns"
        placeholder="Search tables"
        value={search}
        onValueChange={setSearch}
        className="mx-3"
      />
      {schema.isPending && <SkeletonRows rows={8} columns={1} />}
      {schema.isError && (
        <ErrorState
          compact
          problem={{
            title: "The tables are not known",
            message: schema.error.message,
            requestId: schema.error instanceof SqlFailure ? schema.error.requestId : undefined,
          }}
          onRetry={() => void schema.refetch()}
        />
      )}
      {found?.length === 0 && (
        <p className="px-3 py-2 text-sm text-ink-3">No table or column of this name.</p>
      )}
      <ul className="pb-3">
        {found?.map((table) => (
          <TableEntry
            key={table.name}
            table={table}
            open={words !== "" || open.has(table.name)}
            onToggle={() => toggle(table.name)}
            onInsert={onInsert}
          />
        ))}
      </ul>
    </section>
  );
}

function TableEntry({
  table,
  open,
  onToggle,
  onInsert,
}: {
  readonly table: SchemaTable;
  readonly open: boolean;
  readonly onToggle: () => void;
  readonly onInsert: (name: string) => void;
}) {
  return (
    <li>
      <div className="flex items-center hover:bg-hover">
        <button
          type="button"
          aria-expanded={open}
          aria-label={`Columns of ${table.name}`}
          className="py-1.5 pr-0.5 pl-2 text-ink-3"
          onClick={onToggle}
        >
          <ChevronRight
            aria-hidden
            className={classNames("size-3.5 transition-transform", open && "rotate-90")}
          />
        </button>
        <button
          type="button"
          title={table.meaning}
          className={classNames("min-w-0 flex-1 truncate py-1 pr-3 text-left", open && "font-semibold")}
          onClick={() => onInsert(table.name)}
        >
          {table.name}
        </button>
        {table.kind === "view" && <span className="pr-3 text-xs text-ink-3">view</span>}
      </div>
      {open && (
        <ul>
          {table.columns.map((column) => (
            <li key={column.name}>
              <button
                type="button"
                title={column.meaning}
                className="flex w-full items-baseline gap-2 py-1 pr-3 pl-8 text-left text-ink-2 hover:bg-hover hover:text-ink"
                onClick={() => onInsert(column.name)}
              >
                <span className="min-w-0 flex-1 truncate">{column.name}</span>
                <code className="max-w-24 truncate text-xs text-ink-3">{shortType(column.type)}</code>
              </button>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

const short: Readonly<Record<string, string>> = {
  VARCHAR: "text",
  BIGINT: "int",
  INTEGER: "int",
  DOUBLE: "double",
  BOOLEAN: "bool",
  "TIMESTAMP WITH TIME ZONE": "time",
};

function shortType(type: string): string {
  return short[type] ?? (type.startsWith("MAP") ? "map" : type.toLowerCase());
}
