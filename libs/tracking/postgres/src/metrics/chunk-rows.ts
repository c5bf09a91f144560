import { DomainError } from "@runweir/errors";
import { type Chunk, type ChunkCache, decodeChunk, encodeChunk, type NewChunk } from "@runweir/ingest-domain";
import type { Queryable } from "@runweir/postgres";

/** What is known of a chunk without its body. */
export interface ChunkRow {
  readonly run_no: number;
  readonly key_from: number;
  readonly key_to: number;
  readonly chunk_id: number;
  readonly tier: number;
  readonly points: number;
  readonly step_from: number;
  readonly step_to: number;
  readonly timestamp_from: number;
  readonly timestamp_to: number;
}

export const chunkColumns =
  "run_no, key_from, key_to, chunk_id, tier, points, step_from, step_to, timestamp_from, timestamp_to";

/** A chunk that was listed a moment ago has been merged away meanwhile: list and load again. */
export class ChunkGone extends Error {
  override readonly name = "ChunkGone";
}

/** The decoded chunks by id; throws ChunkGone when one no longer exists. */
export async function loadChunks(
  client: Pick<Queryable, "query">,
  cache: ChunkCache,
  rows: readonly (ChunkRow & { readonly shard: number })[],
): Promise<ReadonlyMap<number, Chunk>> {
  const loaded = new Map<number, Chunk>();
  const missing = rows.filter((row) => {
    const chunk = cache.get(row.chunk_id);
    if (chunk) loaded.set(row.chunk_id, chunk);
    return !chunk;
  });
  if (missing.length === 0) return loaded;
  const { rows: bodies } = await client.query<{ chunk_id: number; body: Buffer }>({
    name: "tracking.load_chunks",
    text: `SELECT c.chunk_id, c.body
           FROM unnest($1::int[], $2::bigint[], $3::int[], $4::int[], $5::bigint[])
             AS w (shard, run_no, key_from, key_to, chunk_id)
           CROSS JOIN LATERAL (
             SELECT c.chunk_id, c.body FROM tracking.metric_chunk c
             WHERE c.shard = w.shard AND c.run_no = w.run_no AND c.key_from = w.key_from AND c.key_to = w.key_to
               AND c.chunk_id = w.chunk_id
             OFFSET 0
           ) c`,
    values: [
      missing.map((row) => row.shard),
      missing.map((row) => row.run_no),
      missing.map((row) => row.key_from),
      missing.map((row) => row.key_to),
      missing.map((row) => row.chunk_id),
    ],
  });
  if (bodies.length !== missing.length) throw new ChunkGone("a chunk was merged away while it was read");
  for (const { chunk_id, body } of bodies) {
    const chunk = decodeStored(chunk_id, body);
    cache.put(chunk_id, chunk);
    loaded.set(chunk_id, chunk);
  }
  return loaded;
}

function decodeStored(chunkId: number, body: Buffer): Chunk {
  try {
    return decodeChunk(body);
  } catch (cause) {
    throw new DomainError(
      "internal",
      `Stored metric chunk ${chunkId} is damaged. Restore it from a backup.`,
      {
        cause,
      },
    );
  }
}

export async function insertChunks(
  client: Queryable,
  shard: number,
  chunks: readonly (NewChunk & { readonly runNo: number })[],
): Promise<void> {
  if (chunks.length === 0) return;
  const bodies = chunks.map(({ chunk }) => encodeChunk(chunk));
  const steps = chunks.map(({ chunk }) => rangeOf(chunk.steps));
  const timestamps = chunks.map(({ chunk }) => rangeOf(chunk.timestamps));
  await client.query({
    name: "tracking.insert_chunks",
    text: `INSERT INTO tracking.metric_chunk (shard, run_no, key_from, key_to, tier, points,
             step_from, step_to, timestamp_from, timestamp_to, body)
           SELECT $1::int, run_no, key_from, key_to, tier, points, step_from, step_to, timestamp_from, timestamp_to,
             substring($12::bytea FROM body_start FOR body_length)
           FROM unnest($2::bigint[], $3::int[], $4::int[], $5::int[], $6::int[], $7::bigint[], $8::bigint[],
             $9::bigint[], $10::bigint[], $11::int[], $13::int[])
             AS c (run_no, key_from, key_to, tier, points, step_from, step_to, timestamp_from, timestamp_to,
               body_length, body_start)`,
    values: [
      shard,
      chunks.map((one) => one.runNo),
      chunks.map((one) => one.chunk.keyIds[0]),
      chunks.map((one) => one.chunk.keyIds.at(-1)),
      chunks.map((one) => one.tier),
      chunks.map((one) => one.chunk.values.length),
      steps.map((range) => range[0]),
      steps.map((range) => range[1]),
      timestamps.map((range) => range[0]),
      timestamps.map((range) => range[1]),
      bodies.map((body) => body.length),
      Buffer.concat(bodies),
      startsOf(bodies),
    ],
  });
}

function startsOf(bodies: readonly Uint8Array[]): number[] {
  let next = 1;
  return bodies.map((body) => {
    const start = next;
    next += body.length;
    return start;
  });
}

function rangeOf(numbers: Float64Array): [number, number] {
  let least = numbers[0] as number;
  let most = least;
  for (let i = 1; i < numbers.length; i += 1) {
    const number = numbers[i] as number;
    if (number < least) least = number;
    else if (number > most) most = number;
  }
  return [least, most];
}
