"use client";

import type { WireModelMetric } from "@runweir/tracking-trpc";
import {
  Badge,
  Card,
  CardHeader,
  Cell,
  HeadCell,
  NumberCell,
  Table,
  TableBody,
  TableHead,
  TableRow,
  TableScroll,
} from "@runweir/web-ui";

/** The latest value of each metric that is about this model, by dataset. */
export function ModelMetrics({ metrics }: { readonly metrics: readonly WireModelMetric[] }) {
  if (metrics.length === 0) return null;
  return (
    <Card aria-label="Metrics">
      <CardHeader title="Metrics" count={metrics.length} />
      <TableScroll className="max-h-100 rounded-b-lg">
        <Table>
          <TableHead>
            <tr>
              <HeadCell>Metric</HeadCell>
              <HeadCell numeric>value</HeadCell>
              <HeadCell numeric>step</HeadCell>
              <HeadCell>Dataset</HeadCell>
            </tr>
          </TableHead>
          <TableBody>
            {metrics.map((metric) => (
              <TableRow key={`${metric.key} ${metric.runId} ${metric.datasetName} ${metric.datasetDigest}`}>
                <Cell>{metric.key}</Cell>
                <Cell numeric>
                  <NumberCell value={metric.value} />
                </Cell>
                <Cell numeric>{metric.step}</Cell>
                <Cell>{metric.datasetName !== undefined && <Badge>{metric.datasetName}</Badge>}</Cell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </TableScroll>
    </Card>
  );
}
