"use client";

import {
  Badge,
  Card,
  CardHeader,
  Cell,
  HeadCell,
  NumberCell,
  SkeletonRows,
  Table,
  TableBody,
  TableHead,
  TableRow,
  TableScroll,
} from "@runweir/web-ui";
import type { VersionMetric } from "./use-version-facts.ts";

export function VersionMetrics({ metrics }: { readonly metrics: readonly VersionMetric[] | undefined }) {
  return (
    <Card aria-label="Metrics">
      <CardHeader title="Metrics" count={metrics?.length} />
      {metrics?.length === 0 ? (
        <p className="px-3 pb-3 text-sm text-ink-3">No metrics were logged by its run.</p>
      ) : (
        <TableScroll className="max-h-100 rounded-b-lg">
          <Table>
            <TableHead>
              <tr>
                <HeadCell>Metric</HeadCell>
                <HeadCell numeric>Value</HeadCell>
                <HeadCell numeric className="max-sm:hidden">
                  Step
                </HeadCell>
                <HeadCell>Dataset</HeadCell>
              </tr>
            </TableHead>
            <TableBody>
              {metrics === undefined ? (
                <SkeletonRows rows={4} columns={4} />
              ) : (
                metrics.map(({ key, value, step, dataset }) => (
                  <TableRow key={`${key} ${dataset ?? ""}`}>
                    <Cell>{key}</Cell>
                    <Cell numeric>
                      <NumberCell value={value} />
                    </Cell>
                    <Cell numeric className="max-sm:hidden">
                      {step}
                    </Cell>
                    <Cell>{dataset !== undefined && <Badge>{dataset}</Badge>}</Cell>
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
