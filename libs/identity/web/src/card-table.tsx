"use client";

import { describeError } from "@runweir/web-trpc-client";
import {
  Card,
  CardHeader,
  Cell,
  type Column,
  ColumnHeads,
  ErrorState,
  SkeletonRows,
  Table,
  TableBody,
  TableRow,
  TableScroll,
} from "@runweir/web-ui";
import type { ReactNode } from "react";

/** A short list on a page that has several: all of it, or its beginning. */
export function CardTable<Item>({
  title,
  hasMore = false,
  list,
  idOf,
  columns,
  rowAction,
  empty,
  actions,
  children,
}: {
  readonly title: string;
  /** These are only the newest of it. */
  readonly hasMore?: boolean;
  readonly list: {
    readonly data: readonly Item[] | undefined;
    readonly error: unknown;
    readonly refetch: () => unknown;
  };
  readonly idOf: (item: Item) => string;
  readonly columns: readonly Column<Item>[];
  readonly rowAction?: ((item: Item) => ReactNode) | undefined;
  /** Where there is none of it. */
  readonly empty: ReactNode;
  /** On the right of the title. */
  readonly actions?: ReactNode;
  /** Between the title and the list. */
  readonly children?: ReactNode;
}) {
  const { data, error, refetch } = list;
  const shown = hasMore && data ? `the newest ${data.length}` : data?.length;
  return (
    <Card aria-label={title}>
      <CardHeader title={title} {...(shown === undefined ? {} : { count: shown })}>
        {actions}
      </CardHeader>
      {children}
      {error !== null && data === undefined ? (
        <ErrorState compact problem={describeError(error)} onRetry={() => void refetch()} />
      ) : data?.length === 0 ? (
        <p className="px-3 pb-3 text-sm text-ink-2">{empty}</p>
      ) : (
        <TableScroll className="rounded-b-lg">
          <Table>
            <ColumnHeads columns={columns} hasActions={rowAction !== undefined} />
            <TableBody>
              {data === undefined ? (
                <SkeletonRows rows={2} columns={columns.length + (rowAction ? 1 : 0)} />
              ) : (
                data.map((item) => (
                  <TableRow key={idOf(item)}>
                    {columns.map(({ name, cell, className }) => (
                      <Cell key={name} className={className}>
                        {cell(item)}
                      </Cell>
                    ))}
                    {rowAction && <Cell className="text-right">{rowAction(item)}</Cell>}
                  </TableRow>
                ))
              )}
            </TableBody>
          </Table>
        </TableScroll>
      )}
    </Card>
  );
}
