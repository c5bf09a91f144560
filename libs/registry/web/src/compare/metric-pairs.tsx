"use client";

import { Cell, formatNumber, fromWireNumber, HeadCell, NumberCell, TableRow } from "@runweir/web-ui";
import type { VersionMetric } from "../version/use-version-facts.ts";
import { PairCard } from "./pair-card.tsx";
import { pairRows } from "./pair-rows.ts";

/** The last value of each metric on both sides. Which direction is better is not known here, so nothing is called that. */
export function MetricPairs({
  names,
  a,
  b,
  onlyDifferences,
}: {
  readonly names: { readonly a: string; readonly b: string };
  readonly a: readonly VersionMetric[] | undefined;
  readonly b: readonly VersionMetric[] | undefined;
  readonly onlyDifferences: boolean;
}) {
  const rows = a && b && pairRows(a.map(withDataset), b.map(withDataset), ({ value }) => value);
  return (
    <PairCard
      title="Metrics"
      rows={rows}
      onlyDifferences={onlyDifferences}
      head={
        <>
          <HeadCell>Metric</HeadCell>
          <HeadCell numeric>{names.a}</HeadCell>
          <HeadCell numeric>{names.b}</HeadCell>
          <HeadCell numeric>Change</HeadCell>
        </>
      }
      columns={4}
      row={({ key, a: before, b: after, differs }) => (
        <TableRow key={key}>
          <Cell className="max-w-60 truncate" title={key}>
            {key}
          </Cell>
          <Cell numeric>{before === undefined ? <None /> : <NumberCell value={before} />}</Cell>
          <Cell numeric className="font-semibold">
            {after === undefined ? <None /> : <NumberCell value={after} />}
          </Cell>
          <Cell numeric>
            {differs && before !== undefined && after !== undefined && changeOf(before, after)}
          </Cell>
        </TableRow>
      )}
    />
  );
}

/** The same metric on two datasets is two rows. */
function withDataset(metric: VersionMetric): VersionMetric {
  return metric.dataset === undefined ? metric : { ...metric, key: `${metric.key} · ${metric.dataset}` };
}

function changeOf(before: VersionMetric["value"], after: VersionMetric["value"]): string {
  const change = fromWireNumber(after) - fromWireNumber(before);
  if (!Number.isFinite(change)) return "";
  return `${change > 0 ? "+" : ""}${formatNumber(change, 2)}`;
}

function None() {
  return <span className="text-ink-3">none</span>;
}
