"use client";

import { type ReactNode, useRef } from "react";
import { Card } from "./card.tsx";
import { Skeleton } from "./skeleton.tsx";
import { Cell, HeadCell, Table, TableBody, TableHead, TableRow, TableScroll } from "./table.tsx";
import { useListKeys } from "./use-list-keys.ts";

export interface Column<Item> {
  readonly name: string;
  readonly cell: (item: Item) => ReactNode;
  /** Of every cell: where there is no room a column is left out ("max-md:hidden"), and long texts are cut. */
  readonly className?: string;
}

/** Of the first column, unless it says how wide it is. */
const cut = "max-w-70 truncate max-sm:max-w-44";

/** Rows that j and k walk through; the first column is what a row is called, the last what can be done with it. */
export function ListTable<Item>({
  items,
  idOf,
  noun,
  columns,
  rowActions,
  label,
  header,
  rowsToCome = 8,
}: {
  /** undefined: still loading. */
  readonly items: readonly Item[] | undefined;
  readonly idOf: (item: Item) => string;
  /** In the singular, for the help's words: "member". */
  readonly noun: string;
  readonly columns: readonly Column<Item>[];
  readonly rowActions?: ((item: Item) => ReactNode) | undefined;
  /** What the list is called, where the page has more than it. */
  readonly label?: string;
  /** A `CardHeader`. */
  readonly header?: ReactNode;
  /** How many rows to draw until they are known. */
  readonly rowsToCome?: number;
}) {
  const ref = useRef<HTMLDivElement>(null);
  useListKeys({ ref, count: items?.length ?? 0, noun });
  return (
    <Card aria-label={label} aria-busy={items === undefined}>
      {header}
      <TableScroll ref={ref} className={header === undefined ? "rounded-lg" : "rounded-b-lg"}>
        <Table>
          <ColumnHeads columns={columns} hasActions={rowActions !== undefined} />
          <TableBody>
            {items === undefined ? (
              <RowsToCome rows={rowsToCome} columns={columns} hasActions={rowActions !== undefined} />
            ) : (
              items.map((item, index) => (
                <TableRow key={idOf(item)} data-row={index} className="focus-within:bg-hover">
                  {columns.map(({ name, cell, className }, place) => (
                    <Cell key={name} className={className ?? (place === 0 ? cut : undefined)}>
                      {cell(item)}
                    </Cell>
                  ))}
                  {rowActions && <Cell className="text-right">{rowActions(item)}</Cell>}
                </TableRow>
              ))
            )}
          </TableBody>
        </Table>
      </TableScroll>
    </Card>
  );
}

export function ColumnHeads({
  columns,
  hasActions,
}: {
  readonly columns: readonly Pick<Column<never>, "name" | "className">[];
  readonly hasActions: boolean;
}) {
  return (
    <TableHead>
      <tr>
        {columns.map(({ name, className }) => (
          <HeadCell key={name} className={className}>
            {name}
          </HeadCell>
        ))}
        {hasActions && (
          <HeadCell className="w-10">
            <span className="sr-only">Actions</span>
          </HeadCell>
        )}
      </tr>
    </TableHead>
  );
}

/** As high and as wide as the rows that take their place. */
function RowsToCome({
  rows,
  columns,
  hasActions,
}: {
  readonly rows: number;
  readonly columns: readonly Pick<Column<never>, "name" | "className">[];
  readonly hasActions: boolean;
}) {
  return Array.from({ length: rows }, (_, row) => (
    // Placeholders have no identity but their place.
    // biome-ignore lint/suspicious/noArrayIndexKey: see above
    <tr key={row}>
      {columns.map(({ name, className }, place) => (
        <Cell key={name} className={className}>
          <Skeleton className={place === 0 ? "w-40" : "w-14"} />
        </Cell>
      ))}
      {hasActions && <Cell />}
    </tr>
  ));
}
