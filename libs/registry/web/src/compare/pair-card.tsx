"use client";

import { Card, CardHeader, SkeletonRows, Table, TableBody, TableHead, TableScroll } from "@runweir/web-ui";
import type { ReactNode } from "react";
import type { PairRow } from "./pair-rows.ts";

/** A table of pairs, with how many of them differ. */
export function PairCard<Value>({
  title,
  rows,
  onlyDifferences,
  head,
  columns,
  row,
}: {
  readonly title: string;
  /** undefined: still loading. */
  readonly rows: readonly PairRow<Value>[] | undefined;
  readonly onlyDifferences: boolean;
  readonly head: ReactNode;
  readonly columns: number;
  readonly row: (row: PairRow<Value>) => ReactNode;
}) {
  const different = rows?.filter(({ differs }) => differs);
  const shown = onlyDifferences ? different : rows;
  return (
    <Card aria-label={title}>
      <CardHeader
        title={title}
        count={rows && rows.length > 0 && `${different?.length ?? 0} of ${rows.length} differ`}
      />
      {shown?.length === 0 ? (
        <p className="px-3 pb-3 text-sm text-ink-3">
          {rows?.length === 0 ? "Neither version has any." : "They are the same."}
        </p>
      ) : (
        <TableScroll className="rounded-b-lg">
          <Table>
            <TableHead>
              <tr>{head}</tr>
            </TableHead>
            <TableBody>
              {shown === undefined ? <SkeletonRows rows={3} columns={columns} /> : shown.map(row)}
            </TableBody>
          </Table>
        </TableScroll>
      )}
    </Card>
  );
}
