"use client";

import type { ModelVersion } from "@runweir/registry-trpc";
import { Cell, HeadCell, TableRow } from "@runweir/web-ui";
import { PairCard } from "./pair-card.tsx";
import { pairRows } from "./pair-rows.ts";

export function TextPairs({
  title,
  names,
  a,
  b,
  onlyDifferences,
}: {
  readonly title: string;
  readonly names: { readonly a: string; readonly b: string };
  readonly a: ModelVersion["tags"] | undefined;
  readonly b: ModelVersion["tags"] | undefined;
  readonly onlyDifferences: boolean;
}) {
  const rows = a && b && pairRows(a, b, ({ value }) => value);
  return (
    <PairCard
      title={title}
      rows={rows}
      onlyDifferences={onlyDifferences}
      head={
        <>
          <HeadCell>{title === "Params" ? "Param" : "Tag"}</HeadCell>
          <HeadCell>{names.a}</HeadCell>
          <HeadCell>{names.b}</HeadCell>
        </>
      }
      columns={3}
      row={({ key, a: before, b: after, differs }) => (
        <TableRow key={key}>
          <Cell className="max-w-60 truncate" title={key}>
            {key}
          </Cell>
          <Text value={before} />
          <Text value={after} strong={differs} />
        </TableRow>
      )}
    />
  );
}

function Text({ value, strong = false }: { readonly value: string | undefined; readonly strong?: boolean }) {
  return (
    <Cell className={strong ? "num max-w-80 truncate font-semibold" : "num max-w-80 truncate"} title={value}>
      {value ?? <span className="font-normal text-ink-3">none</span>}
    </Cell>
  );
}
