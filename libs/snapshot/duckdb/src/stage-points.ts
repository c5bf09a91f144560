import type { SeriesBlock } from "@runweir/ingest-domain";
import type { PointSource } from "@runweir/snapshot-domain";
import type { BuildContext } from "./build-context.ts";

const chunksAtOnce = 64;
const segmentsAtOnce = 500;

/**
 * Copies the points of these runs into DuckDB: those of chunks, which are disjoint sets, into `stored`, those of segments,
 * which may repeat them and one another, into `pending`.
 */
export async function stagePoints(context: BuildContext, sources: readonly PointSource[]): Promise<void> {
  const { build, duckdb } = context;
  const columns = "(run_no INTEGER, key_no INTEGER, step DOUBLE, ts DOUBLE, value DOUBLE)";
  await duckdb.run(
    `CREATE OR REPLACE TABLE stored ${columns}; CREATE OR REPLACE TABLE pending ${columns};
     CREATE OR REPLACE TABLE staged_key (key_no INTEGER, key VARCHAR);
     CREATE OR REPLACE TABLE staged_run (run_no INTEGER, experiment_id DOUBLE, run_id VARCHAR)`,
  );
  await duckdb.append("staged_run", [
    { type: "INTEGER", values: Int32Array.from(sources, (source) => source.runNo) },
    { type: "DOUBLE", values: Float64Array.from(sources, (source) => source.experimentId) },
    { type: "VARCHAR", values: sources.map((source) => source.runId) },
  ]);
  const keys = createKeyNumbers();
  for (const places of slices(
    sources.flatMap((source) => source.chunks),
    chunksAtOnce,
  )) {
    const chunks = await build.readChunks(places);
    const names = await build.readKeys([...new Set(chunks.flatMap(({ chunk }) => [...chunk.keyIds]))]);
    await appendBlocks(
      context,
      "stored",
      chunks.map(({ runNo, chunk }) => ({
        runNo,
        keyNumbers: Array.from(chunk.keyIds, (keyId) => keys.numberOf(names.get(keyId) as string)),
        block: chunk,
      })),
    );
  }
  for (const places of slices(
    sources.flatMap((source) => source.segments),
    segmentsAtOnce,
  )) {
    await appendBlocks(
      context,
      "pending",
      (await build.readSegments(places)).map(({ runNo, segment }) => ({
        runNo,
        keyNumbers: segment.keys.map(keys.numberOf),
        block: segment,
      })),
    );
  }
  await duckdb.append("staged_key", [
    { type: "INTEGER", values: Int32Array.from(keys.names, (_, i) => i) },
    { type: "VARCHAR", values: keys.names },
  ]);
}

interface StagedBlock {
  readonly runNo: number;
  readonly keyNumbers: readonly number[];
  readonly block: SeriesBlock;
}

/** Many at once: a block often has few points, and each call costs about as much as a thousand. */
async function appendBlocks(
  { duckdb }: BuildContext,
  table: string,
  blocks: readonly StagedBlock[],
): Promise<void> {
  const count = blocks.reduce((sum, { block }) => sum + block.values.length, 0);
  const [runs, keys] = [new Int32Array(count), new Int32Array(count)];
  const [steps, times, values] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
  let at = 0;
  for (const { runNo, keyNumbers, block } of blocks) {
    runs.fill(runNo, at, at + block.values.length);
    for (const [series, number] of keyNumbers.entries())
      keys.fill(number, at + (block.offsets[series] ?? 0), at + (block.offsets[series + 1] ?? 0));
    steps.set(block.steps, at);
    times.set(block.timestamps, at);
    values.set(block.values, at);
    at += block.values.length;
  }
  await duckdb.append(table, [
    { type: "INTEGER", values: runs },
    { type: "INTEGER", values: keys },
    { type: "DOUBLE", values: steps },
    { type: "DOUBLE", values: times },
    { type: "DOUBLE", values },
  ]);
}

/** Names get numbers of their own here: segments know no others. */
function createKeyNumbers() {
  const numbers = new Map<string, number>();
  const names: string[] = [];
  return {
    names,
    numberOf(name: string): number {
      const known = numbers.get(name);
      if (known !== undefined) return known;
      numbers.set(name, names.length);
      return names.push(name) - 1;
    },
  };
}

function* slices<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let from = 0; from < items.length; from += size) yield items.slice(from, from + size);
}
