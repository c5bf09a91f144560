import type { SegmentStore } from "@runweir/ingest-domain";
import type { Process } from "../scheduler.ts";
import { applyBatch, claimPartition } from "../world/apply-segments.ts";
import type { World } from "../world/world.ts";

/** The store as a consumer has it: position and data move in one transaction. */
export function createSegmentStore({ store }: World, owner: Process): SegmentStore {
  return {
    claim: (_source, partition) =>
      store.call(`claim ${partition}`, (state) => claimPartition(state, partition), owner),
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
