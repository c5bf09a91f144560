import {
  createLogConsumer,
  createReadBarrier,
  type LogRecord,
  type OutgoingSegment,
  type RecordSender,
  type SegmentStore,
} from "@runweir/ingest-domain";
import type { Process } from "../scheduler.ts";
import type { World } from "../world/world.ts";
import { connectProducer } from "./connect-producer.ts";
import { foldShard } from "./fold-shard.ts";
import { type ListedSeries, listSeries } from "./list-series.ts";
import { createSegmentStore } from "./segment-store.ts";

/** What a fault can be planted in, to see that the simulation finds it. */
export interface Parts {
  readonly createSegmentStore: (world: World, owner: Process) => SegmentStore;
  readonly createLogConsumer: typeof createLogConsumer<LogRecord>;
  readonly createReadBarrier: typeof createReadBarrier;
  /** A function that connects a producer of this process, any number of times. */
  readonly producerOf: (world: World, owner: Process) => () => Promise<RecordSender<OutgoingSegment>>;
  readonly foldShard: (world: World, owner: Process, request: FoldRequest) => Promise<boolean>;
  readonly listSeries: (
    world: World,
    owner: Process,
    runId: string,
    keys: readonly string[],
  ) => Promise<ListedSeries>;
}

export interface FoldRequest {
  readonly shard: number;
  /** Only the segments of this run; without it, all in the order of their numbers. */
  readonly runNo?: number | undefined;
}

export const soundParts: Parts = {
  createSegmentStore,
  createLogConsumer,
  createReadBarrier,
  producerOf: (world, owner) => () => connectProducer(world, owner),
  foldShard,
  listSeries,
};
