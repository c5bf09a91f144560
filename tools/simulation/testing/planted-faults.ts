import {
  createLogConsumer,
  createReadBarrier,
  type PartitionEnd,
  type SegmentStore,
} from "@runweir/ingest-domain";
import type { Invariant } from "../src/checker/checker.ts";
import { connectProducer } from "../src/parts/connect-producer.ts";
import { dropSegments, prepareFold, storeFolded } from "../src/parts/fold-shard.ts";
import { chunksOf, keyIdsOf, pendingOf } from "../src/parts/list-series.ts";
import { type Parts, soundParts } from "../src/parts/parts.ts";
import type { Process } from "../src/scheduler.ts";
import {
  applyBatch,
  applyEntries,
  movePosition,
  placePartition,
  type RequestMemory,
  storedRequests,
} from "../src/world/apply-segments.ts";
import type { World } from "../src/world/world.ts";

/** Longer than most appends take to be acknowledged, so that what a read misses may have been. */
const staleMs = 50;

/** How long after the data a position moves that does not move with it. */
const positionMs = 100;

export interface PlantedFault {
  readonly fault: string;
  /** The invariants that it can show in. */
  readonly violates: readonly Invariant[];
  readonly parts: Parts;
}

/** Parts that are wrong in one way each, as such parts have been wrong elsewhere. */
export const plantedFaults: readonly PlantedFault[] = [
  {
    fault: "the position moves after the data instead of with it",
    violates: ["M"],
    parts: {
      ...soundParts,
      createSegmentStore: (world, owner) => ({
        ...soundParts.createSegmentStore(world, owner),
        async apply(batch) {
          const applied = await world.store.call(
            "apply without position",
            (state) => applyEntries(state, batch, storedRequests(state)),
            owner,
          );
          await world.scheduler.wait(positionMs, "commits positions", owner);
          const moved = await world.store.call(
            "move position",
            (state) => movePosition(state, batch.stretch),
            owner,
          );
          return moved ? applied : { status: "fenced" };
        },
      }),
    },
  },

  {
    fault: "requests are recognised by the process that took them, not by the store",
    violates: ["D", "L", "W"],
    parts: {
      ...soundParts,
      createSegmentStore: withOwnMemory,
    },
  },

  {
    fault: "fetching goes on behind a delivery, whatever became of it",
    violates: ["R"],
    parts: {
      ...soundParts,
      createLogConsumer(options) {
        const consumer = createLogConsumer(options);
        return {
          ...consumer,
          async deliver(partition, delivery, resolve) {
            await consumer.deliver(partition, delivery, () => {});
            resolve(delivery.next);
          },
        };
      },
    },
  },

  {
    fault: "a read takes the log's end from a moment ago",
    violates: ["W"],
    parts: {
      ...soundParts,
      createReadBarrier(options) {
        let known: { readonly at: number; readonly ends: ReadonlyMap<number, PartitionEnd> } | undefined;
        const ends = async () => {
          if (!known || options.clock.now() - known.at > staleMs)
            known = { at: options.clock.now(), ends: await options.ends() };
          return known.ends;
        };
        return createReadBarrier({ ...options, ends });
      },
    },
  },

  {
    fault: "a read believes a position behind the log's end",
    violates: ["W"],
    parts: {
      ...soundParts,
      createReadBarrier(options) {
        const positions = async () => {
          const found = await options.positions();
          const ends = await options.ends();
          return new Map(
            [...found].map(([one, { nextOffset }]) => [
              one,
              {
                nextOffset: Math.min(nextOffset, ends.get(one)?.high ?? 0),
                leaders: [],
                agreedWith: undefined,
              },
            ]),
          );
        };
        return createReadBarrier({ ...options, positions });
      },
    },
  },

  {
    fault: "positions do not say who led the log",
    violates: ["L", "W"],
    parts: {
      ...soundParts,
      createSegmentStore: (world, owner) => ({
        ...soundParts.createSegmentStore(world, owner),
        place: (stretch, authors) =>
          world.store.call(
            "place",
            (state) => placePartition(state, stretch, { ...authors, leaders: [] }),
            owner,
          ),
      }),
    },
  },

  {
    fault: "a record is taken for applied that another leader has put another in the place of",
    violates: ["L", "W"],
    parts: {
      ...soundParts,
      createReadBarrier(options) {
        const barrier = createReadBarrier(options);
        return { ...barrier, awaitRecord: (position) => barrier.awaitRecord(position, undefined) };
      },
    },
  },

  {
    fault: "folding takes segments away before their chunks are there",
    violates: ["L", "W"],
    parts: {
      ...soundParts,
      async foldShard(world, owner, request) {
        const transaction = world.store.begin(owner);
        try {
          const { rows, folded, lastSeq } = await prepareFold(world, transaction, request);
          await transaction.commit("take away", (state) => dropSegments(state, request, rows, lastSeq));
          await world.store.call("write chunks", (state) => storeFolded(state, request.shard, folded), owner);
          return rows.length > 0;
        } finally {
          transaction.rollback();
        }
      },
    },
  },

  {
    fault: "a producer that failed is used again",
    violates: ["L", "W"],
    parts: {
      ...soundParts,
      producerOf(world, owner) {
        let only: ReturnType<typeof connectProducer> | undefined;
        return () => {
          only ??= connectProducer(world, owner).catch((error: unknown) => {
            only = undefined;
            throw error;
          });
          return only;
        };
      },
    },
  },

  {
    fault: "a read lists segments and chunks as of two moments",
    violates: ["W"],
    parts: {
      ...soundParts,
      async listSeries({ store }, owner, runId, keys) {
        const chunks = await store.call(
          "list chunks",
          (state) => ({ keyIds: keyIdsOf(state, keys), chunks: chunksOf(state, runId, keys) }),
          owner,
        );
        const pending = await store.call("list segments", (state) => pendingOf(state, runId), owner);
        return { ...chunks, pending };
      },
    },
  },
];

function withOwnMemory(world: World, owner: Process): SegmentStore {
  const seen = new Set<string>();
  const memory: RequestMemory = { has: (digest) => seen.has(digest), add: (digest) => seen.add(digest) };
  return {
    ...soundParts.createSegmentStore(world, owner),
    apply: (batch) => world.store.call("apply", (state) => applyBatch(state, batch, memory), owner),
  };
}
