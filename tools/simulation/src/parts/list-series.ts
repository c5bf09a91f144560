import { shardOf } from "@runweir/ingest-domain";
import type { Process } from "../scheduler.ts";
import { type StoredChunk, type StoreState, shardAt } from "../world/store-state.ts";
import type { World } from "../world/world.ts";

/** Where the points of a run are, as of one moment. */
export interface ListedSeries {
  readonly keyIds: ReadonlyMap<string, number>;
  readonly chunks: readonly StoredChunk[];
  /** Segments that wait for folding. */
  readonly pending: readonly Uint8Array[];
}

/** Keys, unfolded segments and chunks in one statement, so that they belong to one snapshot. */
export function listSeries(
  { store }: World,
  owner: Process,
  runId: string,
  keys: readonly string[],
): Promise<ListedSeries> {
  return store.call(
    `list ${runId}`,
    (state) => ({
      keyIds: keyIdsOf(state, keys),
      chunks: chunksOf(state, runId, keys),
      pending: pendingOf(state, runId),
    }),
    owner,
  );
}

export function keyIdsOf(state: StoreState, keys: readonly string[]): ReadonlyMap<string, number> {
  return new Map(keys.flatMap((key) => (state.keys.has(key) ? [[key, state.keys.get(key) as number]] : [])));
}

export function chunksOf(state: StoreState, runId: string, keys: readonly string[]): readonly StoredChunk[] {
  const runNo = state.runs.get(runId)?.runNo;
  const wanted = [...keyIdsOf(state, keys).values()];
  return [...shardAt(state, shardOf(runId)).chunks.values()].filter(
    (chunk) => chunk.runNo === runNo && wanted.some((id) => id >= chunk.keyFrom && id <= chunk.keyTo),
  );
}

export function pendingOf(state: StoreState, runId: string): readonly Uint8Array[] {
  const runNo = state.runs.get(runId)?.runNo;
  const { segments, foldedSeq } = shardAt(state, shardOf(runId));
  return [...segments.values()]
    .filter((segment) => segment.runNo === runNo && segment.seq > foldedSeq)
    .map((segment) => segment.body);
}
