import {
  decodeChunk,
  decodeSegment,
  type FoldedSegments,
  type FoldSource,
  foldedUpTo,
  foldSegments,
  type SeriesPoints,
  type SeriesStretch,
  type Summary,
  seriesInChunk,
  seriesName,
  unitePoints,
} from "@runweir/ingest-domain";
import type { Process } from "../scheduler.ts";
import type { Transaction } from "../world/memory-store.ts";
import {
  changeShard,
  insertChunks,
  type StoredSegment,
  type StoreState,
  shardAt,
} from "../world/store-state.ts";
import type { World } from "../world/world.ts";
import type { FoldRequest } from "./parts.ts";

const segmentsPerFold = 5;

/** As tracking postgres folds: one transaction under the shard's fold position. Says whether there may be more. */
export async function foldShard(world: World, owner: Process, request: FoldRequest): Promise<boolean> {
  const transaction = world.store.begin(owner);
  try {
    const { rows, folded, lastSeq } = await prepareFold(world, transaction, request);
    await transaction.commit(`fold ${request.shard}`, (state) => {
      storeFolded(state, request.shard, folded);
      dropSegments(state, request, rows, lastSeq);
    });
    return rows.length > 0;
  } finally {
    transaction.rollback();
  }
}

export async function prepareFold(world: World, transaction: Transaction, request: FoldRequest) {
  const { shard, runNo } = request;
  await transaction.lockFolding(shard);
  const lastSeq = await transaction.query("read shard", (state) => shardAt(state, shard).lastSeq);
  const rows = await transaction.query("take segments", (state) => {
    const { segments, foldedSeq } = shardAt(state, shard);
    const waiting = [...segments.values()].filter(
      (one) => one.seq > foldedSeq && (runNo === undefined || one.runNo === runNo),
    );
    return waiting.sort((a, b) => a.seq - b.seq).slice(0, segmentsPerFold);
  });
  const segments = rows.map((row) => ({ runNo: row.runNo, segment: decodeSegment(row.body) }));
  const folded = await foldSegments(segments, sourceOf(transaction, shard), world.plan.chunkPoints);
  return { rows, folded, lastSeq };
}

function sourceOf(transaction: Transaction, shard: number): FoldSource {
  return {
    keyIds: (names) =>
      transaction.query("number keys", (state) => {
        for (const name of [...names].sort())
          if (!state.keys.has(name)) state.keys.set(name, state.keys.size + 1);
        return new Map([...names].map((name) => [name, state.keys.get(name) as number]));
      }),
    summaries: (series) =>
      transaction.query("load summaries", (state) => {
        const found = series.flatMap((one) => {
          const summary = state.series.get(seriesName(one));
          return summary ? [[seriesName(one), summary] as [string, Summary]] : [];
        });
        return new Map(found);
      }),
    storedPoints: (stretches) =>
      transaction.query("load overlap", (state) => storedOverlap(state, shard, stretches)),
  };
}

/** The merged points of these series in (at least) these steps, by name of the series. */
export function storedOverlap(
  state: StoreState,
  shard: number,
  stretches: readonly SeriesStretch[],
): ReadonlyMap<string, SeriesPoints> {
  const chunks = [...shardAt(state, shard).chunks.values()];
  return new Map(
    stretches.map((one) => {
      const parts = chunks
        .filter(
          (chunk) => chunk.runNo === one.runNo && chunk.keyFrom <= one.keyId && chunk.keyTo >= one.keyId,
        )
        .filter((chunk) => chunk.stepFrom <= one.stepTo && chunk.stepTo >= one.stepFrom)
        .map((chunk) => seriesInChunk(decodeChunk(chunk.body), one.keyId));
      return [seriesName(one), unitePoints(parts.filter((points) => points !== undefined))];
    }),
  );
}

export function storeFolded(state: StoreState, shard: number, folded: FoldedSegments): void {
  for (const one of folded.summaries) state.series.set(seriesName(one), one.summary);
  insertChunks(state, shard, folded.chunks);
}

export function dropSegments(
  state: StoreState,
  { shard, runNo }: FoldRequest,
  rows: readonly StoredSegment[],
  lastSeq: number,
): void {
  const { segments, foldedSeq, foldedBytes } = shardAt(state, shard);
  const left = new Map(segments);
  for (const row of rows) left.delete(row.seq);
  changeShard(state, shard, {
    segments: left,
    foldedSeq: foldedUpTo({ inOrder: runNo === undefined, lastTaken: rows.at(-1)?.seq, lastSeq, foldedSeq }),
    foldedBytes: foldedBytes + rows.reduce((total, row) => total + row.body.length, 0),
  });
}
