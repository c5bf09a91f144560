import { type RecordBatch, RecordBatchReader, Schema, Table } from "apache-arrow";
import { createResultTable, type ResultTable } from "./result-table.ts";
import { readBreak } from "./sql-failure.ts";

/** What an answer was read from. */
export interface AnswerFacts {
  readonly snapshot: number;
  readonly createdAt: number;
  /** Until when what was logged since is in it; undefined without. */
  readonly tailUntil: number | undefined;
  readonly cached: boolean;
}

export interface SqlAnswer {
  readonly table: ResultTable;
  readonly facts: AnswerFacts;
}

/** Not more often than anybody sees: each part is drawn. */
const partEveryMs = 200;

/**
 * Reads an Arrow stream batch by batch, and tells of what is there so far: soon after the first batch, now and then, and
 * once more when the reading is given up.
 */
export async function readAnswer(
  answer: Response,
  options: { readonly signal?: AbortSignal | undefined; onPart?(part: SqlAnswer): void } = {},
): Promise<SqlAnswer> {
  const { signal, onPart } = options;
  const facts = readFacts(answer.headers);
  const bytes = watchBytes(answer);
  const batches: RecordBatch[] = [];
  let told = { batches: 0, at: -Infinity };
  let schema: Schema | undefined;
  const soFar = (): SqlAnswer => ({
    table: createResultTable(new Table(schema ?? new Schema(), batches)),
    facts,
  });
  const tell = () => {
    if (batches.length === told.batches) return;
    told = { batches: batches.length, at: performance.now() };
    onPart?.(soFar());
  };
  try {
    const reader = await RecordBatchReader.from(bytes.pieces());
    await reader.open();
    schema = reader.schema;
    for await (const batch of reader) {
      batches.push(batch);
      if (onPart && performance.now() - told.at >= partEveryMs) tell();
    }
    bytes.requireWhole();
    return soFar();
  } catch (error) {
    if (signal?.aborted) tell();
    signal?.throwIfAborted();
    throw await readBreak(answer, error);
  }
}

/** How every stream ends. */
const endMark = [255, 255, 255, 255, 0, 0, 0, 0];

/** Arrow's reader takes a connection that breaks for the end of the stream; half an answer must not look whole. */
function watchBytes({ body }: Response) {
  let broken: { readonly error: unknown } | undefined;
  let tail: readonly number[] = [];
  return {
    async *pieces(): AsyncGenerator<Uint8Array> {
      const reader = body?.getReader();
      try {
        for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
          tail = [...tail, ...read.value.subarray(-endMark.length)].slice(-endMark.length);
          yield read.value;
        }
      } catch (error) {
        broken = { error };
      }
    },
    requireWhole() {
      if (broken) throw broken.error;
      if (tail.some((byte, place) => byte !== endMark[place]))
        throw new Error("The end of the stream is missing.");
    },
  };
}

function readFacts(headers: Headers): AnswerFacts {
  const tail = headers.get("x-runweir-tail-until");
  return {
    snapshot: Number(headers.get("x-runweir-snapshot")),
    createdAt: Date.parse(headers.get("x-runweir-snapshot-created") ?? ""),
    tailUntil: tail === null ? undefined : Date.parse(tail),
    cached: headers.get("x-runweir-cached") === "true",
  };
}
