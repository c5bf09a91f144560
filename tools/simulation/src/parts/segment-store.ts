import type { SegmentStore } from "@runweir/ingest-domain";
import type { Process } from "../scheduler.ts";
import { applyBatch, claimPartition, placePartition } from "../world/apply-segments.ts";
import type { World } from "../world/world.ts";

/** The store as a consumer has it: position and data move in one transaction. */
export function createSegmentStore({ store }: World, owner: Process): SegmentStore {
  return {
    claim: (_source, partition) =>
      store.call(`claim ${partition}`, (state) => claimPartition(state, partition), owner),
    place(stretch, authors) {
      const { partition, offset, nextOffset } = stretch;
      return store.call(
        `place ${partition}@${offset}-${nextOffset} of leaders ${authors.leaders.map(({ epoch, from }) => `${epoch}@${from}`)}, as ${authors.agreedWith} has it`,
        (state) => placePartition(state, stretch, authors),
        owner,
      );
    },
    apply(batch) {
      const { partition, offset, nextOffset } = batch.stretch;
      return store.call(
        `apply ${partition}@${offset}-${nextOffset}`,
        (state) => applyBatch(state, batch),
        owner,
      );
    },
  };
}
