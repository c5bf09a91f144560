import { ColumnMemory, type RunPoints, type SenderPosition } from "@runweir/ingest-domain";
import { type Data, type DataType, DataType as Is, type Message, MessageHeader } from "apache-arrow";
import { VectorLoader } from "apache-arrow/visitor/vectorloader";
import type { FormatLimits } from "../format-limits.ts";
import { groupByRun } from "../points/group-by-run.ts";
import type { ReadLease } from "../read-lease.ts";
import { malformedBody, refused } from "../refusals.ts";
import { ByteSource } from "./byte-source.ts";
import { checkLayout } from "./check-layout.ts";
import { Dictionaries } from "./dictionaries.ts";
import { readNumberColumn } from "./number-column.ts";
import { checkSchema, type PointSchema, type TextColumn } from "./point-schema.ts";
import { readMessage, trusting } from "./read-message.ts";
import { readDictionaryColumn, readTextColumn, type TextIndexes } from "./text-column.ts";

export interface ArrowBatch {
  readonly runs: readonly RunPoints[];
  readonly points: number;
  /** Bytes of the lease that the batch holds until it is acknowledged. */
  readonly bytes: number;
  /** Lets later batches have the memory of this one: its points may not be read any more. */
  release(): void;
}

/**
 * The record batches of an Arrow IPC stream (format version 1, see the README), each read when it is asked for. Everything
 * a batch claims is checked against what is there before a view is made of it.
 */
export async function* readArrowPoints(
  pieces: AsyncIterable<Buffer>,
  lease: ReadLease,
  limits: FormatLimits,
): AsyncGenerator<ArrowBatch, void, undefined> {
  const source = new ByteSource(leased(pieces, lease));
  try {
    const schema = await readSchema(source, lease, limits);
    const dictionaries = new Dictionaries(limits);
    for (let index = 0; ; ) {
      await lease.whenRelaxed();
      const message = await readMessage(source, limits);
      if (message === undefined) return;
      const memory = new ColumnMemory();
      const body = await readBody(source, message, memory);
      if (message.headerType === MessageHeader.DictionaryBatch) {
        const growth = addDictionary(message, body, schema, dictionaries, limits);
        lease.give(source.consumed() - growth);
      } else if (message.headerType === MessageHeader.RecordBatch) {
        const batch = readBatch(message, { body, memory }, schema, dictionaries, limits, index);
        yield { ...batch, bytes: source.consumed(), release: () => memory.release() };
        index += 1;
      } else throw malformedBody("an Arrow stream has one schema, at its beginning");
    }
  } finally {
    await source.end();
  }
}

async function* leased(
  pieces: AsyncIterable<Buffer>,
  lease: ReadLease,
): AsyncGenerator<Buffer, void, undefined> {
  for await (const piece of pieces) {
    lease.take(piece.length);
    yield piece;
  }
}

async function readSchema(source: ByteSource, lease: ReadLease, limits: FormatLimits): Promise<PointSchema> {
  const message = await readMessage(source, limits);
  if (message?.headerType !== MessageHeader.Schema)
    throw malformedBody("an Arrow stream begins with its schema");
  if (message.bodyLength !== 0) throw malformedBody("the schema of an Arrow stream has no body");
  const schema = checkSchema(trusting(() => (message as Message<MessageHeader.Schema>).header()));
  lease.give(source.consumed());
  return schema;
}

async function readBody(
  source: ByteSource,
  { bodyLength }: Message,
  memory: ColumnMemory,
): Promise<Uint8Array> {
  if (bodyLength === 0) return new Uint8Array(0);
  const body = await source.read(bodyLength, memory.bytes);
  if (body === undefined) throw malformedBody("it ends within an Arrow message");
  return body;
}

function addDictionary(
  message: Message,
  body: Uint8Array,
  schema: PointSchema,
  dictionaries: Dictionaries,
  limits: FormatLimits,
): number {
  const header = trusting(() => (message as Message<MessageHeader.DictionaryBatch>).header());
  const type = schema.dictionaries.get(header.id);
  if (type === undefined)
    throw malformedBody(`the schema of the Arrow stream has no dictionary ${header.id}`);
  const [data] = loadColumns(header.data, [type], body, message, limits.arrowDictionaryValues);
  return dictionaries.set(header.id, data as Data, body.length, header.isDelta);
}

function readBatch(
  message: Message,
  { body, memory }: { readonly body: Uint8Array; readonly memory: ColumnMemory },
  schema: PointSchema,
  dictionaries: Dictionaries,
  limits: FormatLimits,
  index: number,
): Pick<ArrowBatch, "runs" | "points"> {
  const header = trusting(() => (message as Message<MessageHeader.RecordBatch>).header());
  const types = schema.fields.map((field) => field.type as DataType);
  const columns = loadColumns(header, types, body, message, limits.arrowRows);
  const columnOf = (name: keyof PointSchema["places"]) => columns[schema.places[name]] as Data;
  const textsOf = (name: TextColumn): TextIndexes => {
    const data = columnOf(name);
    return Is.isDictionary(data.type)
      ? readDictionaryColumn(data, dictionaries.textsOf(data.type.id))
      : readTextColumn(data);
  };
  const runs = textsOf("run_id");
  const keys = textsOf("key");
  const table = {
    runIds: runs.texts,
    runIndexes: runs.indexes,
    keys: keys.texts,
    keyIndexes: keys.indexes,
    steps: readNumberColumn(columnOf("step"), memory.floats),
    timestamps: readNumberColumn(columnOf("timestamp"), memory.floats),
    values: readNumberColumn(columnOf("value"), memory.floats),
  };
  const place = `batch ${index}: `;
  const grouped = groupByRun(
    table,
    (column, row) => place + column + (row === undefined ? "" : `[${row}]`),
    readSender(message.metadata, place),
  );
  return { runs: grouped, points: header.length };
}

function loadColumns(
  layout: RecordBatchHeader,
  types: readonly DataType[],
  body: Uint8Array,
  message: Message,
  rowsMax: number,
): Data[] {
  checkLayout(layout, types, body.length, rowsMax);
  return trusting(() =>
    new VectorLoader(body, layout.nodes, layout.buffers, new Map(), message.version).visitMany([...types]),
  );
}

type RecordBatchHeader = ReturnType<Message<MessageHeader.RecordBatch>["header"]>;

/** A batch may say who sent it and the how-many-th it is for each of its runs, in the metadata of its message. */
function readSender(metadata: ReadonlyMap<string, string | null>, place: string): SenderPosition | undefined {
  const client = metadata.get("client") ?? undefined;
  const sequence = metadata.get("sequence") ?? undefined;
  if (client === undefined && sequence === undefined) return undefined;
  if (client === undefined) throw refused(`${place}client`, "must stand beside sequence", client);
  if (sequence === undefined || !/^[1-9]\d{0,15}$/.test(sequence))
    throw refused(`${place}sequence`, "must be a whole number from 1, in digits", sequence);
  return { client, sequence: Number(sequence) };
}
