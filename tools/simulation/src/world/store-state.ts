import {
  type Chunk,
  type DeadLetter,
  encodeChunk,
  type NewChunk,
  type PartitionClaim,
  type Summary,
  shardCount,
} from "@runweir/ingest-domain";

export interface StoredSegment {
  readonly runNo: number;
  readonly seq: number;
  readonly points: number;
  readonly body: Uint8Array;
}

export interface StoredChunk {
  readonly chunkId: number;
  readonly runNo: number;
  readonly keyFrom: number;
  readonly keyTo: number;
  readonly tier: number;
  readonly points: number;
  readonly stepFrom: number;
  readonly stepTo: number;
  readonly body: Uint8Array;
}

export interface Shard {
  readonly lastSeq: number;
  readonly writtenBytes: number;
  readonly foldedSeq: number;
  readonly foldedBytes: number;
  readonly segments: ReadonlyMap<number, StoredSegment>;
  readonly chunks: ReadonlyMap<number, StoredChunk>;
}

export interface StoredRun {
  readonly runNo: number;
  readonly workspace: string;
  readonly stage: "active" | "deleted";
}

export interface Delivered {
  readonly segments: number;
  readonly points: number;
  readonly repeatedSegments: number;
}

/**
 * The tables of the store. A mirror of the migrations of tracking postgres: whoever changes those changes this. Entries are
 * never changed, only replaced, so that a copy of the maps is a backup.
 */
export interface StoreState {
  positions: Map<number, PartitionClaim>;
  runs: Map<string, StoredRun>;
  generation: 0 | 1;
  requests: [Set<string>, Set<string>];
  shards: Map<number, Shard>;
  keys: Map<string, number>;
  series: Map<string, Summary>;
  nextChunkId: number;
  lastClaim: number;
  deadLetters: Map<string, DeadLetter & { readonly partition: number }>;
  deliveries: Map<number, Delivered>;
  senders: Map<string, ReadonlySet<number>>;
  /** No table: by partition the records that have been dealt with, which the checker compares with positions. */
  dealtWith: Map<number, ReadonlySet<string>>;
  /** No table: how often the older requests were forgotten, and after how many of those times each was accepted last. */
  rotations: number;
  accepted: Map<string, number>;
  /** No table: requests that were accepted again although they should have been remembered. */
  doubled: readonly string[];
}

export function emptyState(): StoreState {
  const shard: Shard = {
    lastSeq: 0,
    writtenBytes: 0,
    foldedSeq: 0,
    foldedBytes: 0,
    segments: new Map(),
    chunks: new Map(),
  };
  return {
    positions: new Map(),
    runs: new Map(),
    generation: 0,
    requests: [new Set(), new Set()],
    shards: new Map(Array.from({ length: shardCount }, (_, i) => [i, shard])),
    keys: new Map(),
    series: new Map(),
    nextChunkId: 1,
    lastClaim: 0,
    deadLetters: new Map(),
    deliveries: new Map(),
    senders: new Map(),
    dealtWith: new Map(),
    rotations: 0,
    accepted: new Map(),
    doubled: [],
  };
}

export function copyState(state: StoreState): StoreState {
  return {
    ...state,
    positions: new Map(state.positions),
    runs: new Map(state.runs),
    requests: [new Set(state.requests[0]), new Set(state.requests[1])],
    shards: new Map(state.shards),
    keys: new Map(state.keys),
    series: new Map(state.series),
    deadLetters: new Map(state.deadLetters),
    deliveries: new Map(state.deliveries),
    senders: new Map(state.senders),
    dealtWith: new Map(state.dealtWith),
    accepted: new Map(state.accepted),
  };
}

export function shardAt(state: StoreState, shard: number): Shard {
  return state.shards.get(shard) as Shard;
}

export function changeShard(state: StoreState, shard: number, change: Partial<Shard>): void {
  state.shards.set(shard, { ...shardAt(state, shard), ...change });
}

/** Empties the older generation of requests and makes it the current one. */
export function rotateRequests(state: StoreState): void {
  const older = state.generation === 0 ? 1 : 0;
  state.requests[older] = new Set();
  state.generation = older;
  state.rotations += 1;
}

export function insertChunks(
  state: StoreState,
  shard: number,
  chunks: readonly (NewChunk & { readonly runNo: number })[],
): void {
  const stored = new Map(shardAt(state, shard).chunks);
  for (const { runNo, tier, chunk } of chunks) {
    const chunkId = state.nextChunkId;
    state.nextChunkId += 1;
    stored.set(chunkId, { chunkId, runNo, tier, ...extentOf(chunk), body: encodeChunk(chunk) });
  }
  changeShard(state, shard, { chunks: stored });
}

function extentOf({ keyIds, steps, values }: Chunk) {
  return {
    keyFrom: keyIds[0] as number,
    keyTo: keyIds.at(-1) as number,
    points: values.length,
    stepFrom: Math.min(...steps),
    stepTo: Math.max(...steps),
  };
}
