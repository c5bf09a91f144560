"use client";

import {
  Badge,
  Card,
  CardHeader,
  Cell,
  classNames,
  Table,
  TableBody,
  TableRow,
  TableScroll,
} from "@runweir/web-ui";
import { Fragment, type ReactNode } from "react";
import type { DiffRow, RequestDiff } from "../review-api.ts";
import { RowLabel } from "./row-label.tsx";

export interface RowsShared {
  /** Rows that are the same as well. */
  readonly all: boolean;
  readonly talk: (anchor: string, columns: number) => ReactNode;
  /** The number of the next row on the page, for j and k. */
  readonly nextRow: () => number;
  readonly onComment: (anchor: string) => void;
}

const grades = {
  identical: { tone: "neutral", words: "identical" },
  compatible: { tone: "ok", words: "compatible" },
  breaking: { tone: "bad", words: "breaking" },
} as const;

/** Rows of one section; nothing at all where neither side has any. */
export function DiffCard({
  title,
  rows,
  grade,
  lines = false,
  ...shared
}: RowsShared & {
  readonly title: string;
  readonly rows: readonly DiffRow[];
  /** Of a signature: whether who calls the one can call the other. */
  readonly grade?: RequestDiff["diff"]["signatureClass"];
  /** A text line by line: each row is one line, on one side or on both. */
  readonly lines?: boolean;
}) {
  const different = rows.filter(({ change }) => change !== "same");
  const shown = shared.all ? rows : different;
  if (rows.length === 0) return null;
  return (
    <Card aria-label={title}>
      <CardHeader
        title={title}
        count={lines ? `${different.length} lines differ` : `${different.length} of ${rows.length} differ`}
      >
        {grade && <Badge tone={grades[grade].tone}>{grades[grade].words}</Badge>}
      </CardHeader>
      {shown.length > 0 && (
        <TableScroll className="rounded-b-lg">
          <Table className="table-fixed">
            {!lines && (
              <thead className="sr-only">
                <tr>
                  <th scope="col">{title}</th>
                  <th scope="col">Base</th>
                  <th scope="col">Candidate</th>
                </tr>
              </thead>
            )}
            <TableBody>
              {shown.map((row) => (
                <Fragment key={row.anchor}>
                  <TableRow
                    data-row={shared.nextRow()}
                    data-anchor={row.anchor}
                    className="focus-within:bg-hover"
                  >
                    {lines ? <LineCells row={row} {...shared} /> : <PairCells row={row} {...shared} />}
                  </TableRow>
                  {shared.talk(row.anchor, lines ? 1 : 3)}
                </Fragment>
              ))}
            </TableBody>
          </Table>
        </TableScroll>
      )}
    </Card>
  );
}

function PairCells({ row, onComment }: RowsShared & { readonly row: DiffRow }) {
  return (
    <>
      <Cell className="w-2/5 border-t border-b-0 max-sm:w-1/2">
        <RowLabel anchor={row.anchor} onComment={onComment} className={signs[row.change].ink}>
          <span aria-hidden className="whitespace-pre">
            {signs[row.change].sign}{" "}
          </span>
          <span className="sr-only">{row.change} </span>
          {row.label}
        </RowLabel>
        {row.note !== undefined && row.note !== "" && (
          <span className="block pb-1 break-words whitespace-normal text-ink-3">{row.note}</span>
        )}
      </Cell>
      <Cell numeric className={classNames(valueCell, "max-sm:hidden")} title={row.before}>
        {row.before ?? none}
      </Cell>
      <Cell
        numeric
        className={classNames(valueCell, row.change !== "same" && "font-semibold")}
        title={row.after}
      >
        {row.after ?? none}
        {row.change !== "same" && (
          <span className="block pb-1 font-normal text-ink-3 sm:hidden">was {row.before ?? none}</span>
        )}
      </Cell>
    </>
  );
}

function LineCells({ row, onComment }: RowsShared & { readonly row: DiffRow }) {
  return (
    <Cell className={classNames("num border-t border-b-0", signs[row.change].ink)}>
      <RowLabel anchor={row.anchor} onComment={onComment} className={signs[row.change].ink}>
        <span aria-hidden className="whitespace-pre">
          {signs[row.change].sign}{" "}
        </span>
        <span className="sr-only">{row.change} </span>
        <span className="whitespace-pre-wrap">{row.after ?? row.before}</span>
      </RowLabel>
    </Cell>
  );
}

const none = <span className="font-normal text-ink-3">none</span>;
const valueCell = "truncate border-t border-b-0 max-sm:break-words max-sm:whitespace-normal";

const signs = {
  added: { sign: "+", ink: "text-ok" },
  removed: { sign: "−", ink: "text-bad" },
  changed: { sign: "~", ink: "text-ink" },
  same: { sign: " ", ink: "text-ink-2" },
} as const satisfies Record<DiffRow["change"], object>;
