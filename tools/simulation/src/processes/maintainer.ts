import { chooseMerge, decodeChunk, mergeChunks } from "@runweir/ingest-domain";
import type { Process } from "../scheduler.ts";
import { changeShard, insertChunks, type StoreState, shardAt } from "../world/store-state.ts";
import type { World } from "../world/world.ts";

/** Folds and merges until it dies, as metric maintenance and searches do. */
export function startMaintainer(world: World, process: Process): void {
  const { plan, parts, random, scheduler, store } = world;

  async function pass(): Promise<void> {
    const shard = random.pick(plan.partitions);
    if (random.chance(0.3)) {
      // A search folds only what it needs.
      const runNo = await store.call("find a run", (state) => anyRun(state, random.next()), process);
      await parts.foldShard(world, process, { shard, runNo });
    } else while (await parts.foldShard(world, process, { shard }));
    const runNos = await store.call("find unmerged", (state) => unmerged(state, shard), process);
    for (const runNo of runNos) while (await mergeRun(world, process, shard, runNo));
  }

  async function loop(): Promise<void> {
    for (;;) {
      await pass().catch(() => {});
      await scheduler.wait(random.next() * 600, "rests", process);
    }
  }
  void loop();
}

/** As tracking postgres merges: one transaction under the shard's fold position. Says whether there was anything to do. */
async function mergeRun(world: World, owner: Process, shard: number, runNo: number): Promise<boolean> {
  const { plan, store } = world;
  const transaction = store.begin(owner);
  try {
    await transaction.lockFolding(shard);
    const chunks = await transaction.query("list chunks", (state) => chunksOfRun(state, shard, runNo));
    const merge = chooseMerge(chunks, plan.mergeFanout);
    if (!merge) return false;
    const merged = mergeChunks(
      merge.map(({ tier, body }) => ({ tier, chunk: decodeChunk(body) })),
      plan.chunkPoints,
    );
    await transaction.commit(`merge ${runNo}`, (state) => {
      insertChunks(
        state,
        shard,
        merged.map((chunk) => ({ runNo, ...chunk })),
      );
      const left = new Map(shardAt(state, shard).chunks);
      for (const { chunkId } of merge) left.delete(chunkId);
      changeShard(state, shard, { chunks: left });
    });
    return true;
  } finally {
    transaction.rollback();
  }
}

function chunksOfRun(state: StoreState, shard: number, runNo: number) {
  return [...shardAt(state, shard).chunks.values()].filter((chunk) => chunk.runNo === runNo);
}

function unmerged(state: StoreState, shard: number): readonly number[] {
  return [...new Set([...shardAt(state, shard).chunks.values()].map((chunk) => chunk.runNo))];
}

function anyRun(state: StoreState, chance: number): number {
  const runs = [...state.runs.values()];
  return (runs[Math.floor(chance * runs.length)] as { runNo: number }).runNo;
}
