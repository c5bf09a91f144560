import { arrowBatches } from "./arrow-batches.ts";
import { mlflowBatch, mlflowMetric } from "./batch-bodies.ts";
import { jsonColumns } from "./json-columns.ts";
import { sendArrow } from "./send-arrow.ts";
import { type SendResult, sendBodies } from "./send-bodies.ts";

/** A way in, and how it is driven: the same senders go on from where they stopped. */
export interface Door {
  readonly name: string;
  /** Points a second that it should reach on two cores shared by everything. */
  readonly aim: number | undefined;
  open(url: string, runIds: readonly string[]): (seconds: number) => Promise<SendResult>;
}

export const doors: readonly Door[] = [
  {
    name: "MLflow log-metric",
    aim: undefined,
    open: (url, runIds) => {
      const sources = runIds.map(mlflowMetric);
      return (seconds) => sendBodies(url, sources, { seconds });
    },
  },
  {
    name: "MLflow log-batch of 1,000 metrics",
    aim: undefined,
    open: (url, runIds) => {
      const sources = runIds.map((runId) => mlflowBatch(runId, 1_000));
      return (seconds) => sendBodies(url, sources, { seconds });
    },
  },
  {
    name: "JSON columns, 100 metrics x 100 steps",
    aim: 1_000_000,
    open: (url, runIds) => {
      const sources = runIds.map((runId) => jsonColumns(runId, 100, 100));
      return (seconds) => sendBodies(url, sources, { seconds });
    },
  },
  {
    name: "Arrow stream, 100 metrics x 100 steps",
    aim: 3_000_000,
    open: (url, runIds) => {
      const sources = runIds.map((runId) => arrowBatches(runId, 100, 100));
      return (seconds) => sendArrow(url, sources, { seconds });
    },
  },
  {
    name: "Arrow stream, 3 M points/s offered",
    aim: 3_000_000,
    open: (url, runIds) => {
      const sources = runIds.map((runId) => arrowBatches(runId, 100, 100));
      return (seconds) => sendArrow(url, sources, { seconds, pointsPerSecond: 3_000_000 });
    },
  },
];
