import { DomainError } from "@runweir/errors";
import {
  type Chunk,
  ChunkCache,
  createGroupAppender,
  createLogFront,
  decodeChunk,
  decodePending,
  foldSeries,
  gatherSeries,
  type LogTransport,
  lateSeries,
  type SeriesPoints,
  type Summary,
  seriesName,
  shardOf,
  stepRange,
  uniteChunks,
} from "@runweir/ingest-domain";
import { storedOverlap } from "../parts/fold-shard.ts";
import { type ListedSeries, pendingOf } from "../parts/list-series.ts";
import type { Process } from "../scheduler.ts";
import type { StoredChunk, StoreState } from "../world/store-state.ts";
import type { World } from "../world/world.ts";

export interface Api {
  readonly process: Process;
  readonly front: LogTransport & { readonly queuedBytes: number };
  /** The point set of each key. */
  readSeries(runId: string, keys: readonly string[]): Promise<ReadonlyMap<string, SeriesPoints>>;
  readStatistics(runId: string): Promise<ReadonlyMap<string, Summary>>;
}

const appendMs = 1_000;
const readMs = 1_000;

const unavailable = (cause: unknown): DomainError =>
  new DomainError("unavailable", "The log of metrics cannot be reached. Please retry.", { cause });

/** One API process: the real front before the log, the real reading of series. */
export function createApi(world: World, process: Process): Api {
  const { plan, parts, scheduler, store, log, logLink } = world;
  const cache = new ChunkCache(plan.cachedPoints);
  const pause = (milliseconds: number): Promise<void> => scheduler.wait(milliseconds, "waits", process);
  const within = <T>(milliseconds: number, work: Promise<T>): Promise<T> => {
    const late = pause(milliseconds).then(() => Promise.reject(unavailable(new Error("no answer in time"))));
    return Promise.race([work, late]);
  };
  const front = createLogFront({
    appender: createGroupAppender({
      connect: parts.producerOf(world, process),
      partitionOf: (segment) => segment.partition,
      groupBytes: plan.groupBytes,
      inTime: (work) => within(appendMs, work),
      refusal: unavailable,
    }),
    barrier: parts.createReadBarrier({
      ends: () =>
        logLink
          .call(
            "ends",
            () =>
              new Map(
                log.partitions().map(({ number, high, leaderEpoch }) => [number, { high, leaderEpoch }]),
              ),
            process,
          )
          .catch((error) => Promise.reject(unavailable(error))),
      positions: () => store.call("positions", ({ positions }) => new Map(positions), process),
      endOfEpoch: (partition, epoch) =>
        logLink
          .call(`end of leader ${epoch} of ${partition}`, () => log.endOfEpoch(partition, epoch), process)
          .catch((error) => Promise.reject(unavailable(error))),
      clock: scheduler,
      pause,
      deadlineMs: readMs,
    }),
    state: {
      runStages: (runs) =>
        store.call(
          "run stages",
          ({ runs: known }) =>
            runs.map(({ runId, workspace }) => {
              const run = known.get(runId);
              return run?.workspace === workspace ? run.stage : undefined;
            }),
          process,
        ),
    },
    clock: scheduler,
    within,
    appendMs,
    readMs,
    queueBytes: plan.queueBytes,
  });

  /** The listed chunks decoded, or undefined when one has been merged away since. */
  async function loadChunks(
    listed: ListedSeries,
  ): Promise<readonly { readonly id: number; readonly chunk: Chunk }[] | undefined> {
    const loaded = new Map<number, Chunk>();
    const missing = new Set<number>();
    for (const { chunkId } of listed.chunks) {
      const known = cache.get(chunkId);
      if (known) loaded.set(chunkId, known);
      else missing.add(chunkId);
    }
    if (missing.size > 0) {
      const rows = await store.call("load chunks", (state) => chunksByIds(state, missing), process);
      if (rows.length < missing.size) return undefined;
      for (const { chunkId, body } of rows) {
        const chunk = decodeChunk(body);
        cache.put(chunkId, chunk);
        loaded.set(chunkId, chunk);
      }
    }
    return listed.chunks.map(({ chunkId: id }) => ({ id, chunk: loaded.get(id) as Chunk }));
  }

  return {
    process,
    front,

    async readSeries(runId, keys) {
      for (let attempt = 0; ; attempt += 1) {
        const listed = await parts.listSeries(world, process, runId, keys);
        // At last inside a snapshot, where no chunk can be merged away.
        const bodies =
          attempt === 3
            ? listed.chunks.map(({ chunkId, body }) => ({ id: chunkId, chunk: decodeChunk(body) }))
            : await loadChunks(listed);
        if (!bodies) continue;
        const pending = gatherSeries(
          decodePending(listed.pending.map((body) => ({ runNo: 0, body }))),
          new Set(keys),
        ).get(0);
        return new Map(
          keys.map((key) => [key, uniteChunks(cache, listed.keyIds.get(key), bodies, pending?.get(key))]),
        );
      }
    },

    async readStatistics(runId) {
      return store.call("read statistics", (state) => statisticsOf(state, runId), process);
    },
  };
}

/** As tracking postgres reads statistics, inside one snapshot. */
function statisticsOf(state: StoreState, runId: string): ReadonlyMap<string, Summary> {
  const runNo = state.runs.get(runId)?.runNo ?? 0;
  const statistics = new Map<string, Summary>();
  for (const [key, keyId] of state.keys) {
    const summary = state.series.get(seriesName({ runNo, keyId }));
    if (summary) statistics.set(key, summary);
  }
  const waiting = gatherSeries(decodePending(pendingOf(state, runId).map((body) => ({ runNo, body })))).get(
    runNo,
  );
  const series = [...(waiting ?? [])].map(([key, points]) => ({
    key,
    points,
    runNo,
    keyId: state.keys.get(key) ?? 0,
    before: statistics.get(key),
  }));
  const stored = storedOverlap(
    state,
    shardOf(runId),
    lateSeries(series).map((one) => ({ runNo, keyId: one.keyId, ...stepRange(one.points) })),
  );
  for (const one of foldSeries(series, (late) => stored.get(seriesName(late))))
    statistics.set(one.key, one.summary);
  return statistics;
}

function chunksByIds(state: StoreState, ids: ReadonlySet<number>): readonly StoredChunk[] {
  return [...state.shards.values()].flatMap(({ chunks }) =>
    [...chunks.values()].filter(({ chunkId }) => ids.has(chunkId)),
  );
}
