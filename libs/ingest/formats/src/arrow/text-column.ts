import { type Data, DataType as Is } from "apache-arrow";
import { malformedBody } from "../refusals.ts";

/** Each distinct text once, and which of them each row is. */
export interface TextIndexes {
  readonly texts: readonly string[];
  readonly indexes: Uint32Array;
}

/** A column of plain text. Neighbours that are equal, which is how points usually come, are decoded once. */
export function readTextColumn(data: Data): TextIndexes {
  const { offsets, bytes } = textOf(data);
  const numbers = new Map<string, number>();
  const indexes = new Uint32Array(data.length);
  let lastStart = 0;
  let lastEnd = -1;
  let number = 0;
  for (let row = 0; row < data.length; row += 1) {
    const start = offsets[row] as number;
    const end = offsets[row + 1] as number;
    const isSame =
      end - start === lastEnd - lastStart && bytes.compare(bytes, lastStart, lastEnd, start, end) === 0;
    if (!isSame) {
      const text = bytes.toString("utf8", start, end);
      number = numbers.get(text) ?? numbers.size;
      numbers.set(text, number);
      lastStart = start;
      lastEnd = end;
    }
    indexes[row] = number;
  }
  return { texts: [...numbers.keys()], indexes };
}

/** All texts of a dictionary, in its order. */
export function readTexts(data: Data): string[] {
  const { offsets, bytes } = textOf(data);
  const texts: string[] = [];
  for (let row = 0; row < data.length; row += 1)
    texts.push(bytes.toString("utf8", offsets[row], offsets[row + 1]));
  return texts;
}

/** A column encoded by a dictionary of these texts; every index is checked against them. */
export function readDictionaryColumn(data: Data, texts: readonly string[] | undefined): TextIndexes {
  if (texts === undefined) throw malformedBody("an Arrow batch uses a dictionary that was not sent before");
  const raw = data.values as Int8Array | Int16Array | Int32Array | Uint8Array | Uint16Array | Uint32Array;
  const indexes = unsigned(raw, data.length);
  const count = texts.length;
  for (let row = 0; row < indexes.length; row += 1) {
    if ((indexes[row] as number) >= count)
      throw malformedBody(
        `an Arrow batch has the index ${raw[row]} into a dictionary of ${count} entries (row ${row})`,
      );
  }
  return { texts, indexes };
}

/** Four bytes each are taken as they are. A negative index becomes one that no dictionary has. */
function unsigned(raw: ArrayLike<number>, length: number): Uint32Array {
  if (raw instanceof Int32Array || raw instanceof Uint32Array)
    return new Uint32Array(raw.buffer, raw.byteOffset, length);
  const indexes = new Uint32Array(length);
  for (let row = 0; row < length; row += 1) indexes[row] = raw[row] as number;
  return indexes;
}

/** The bytes of a text column and where each text begins, checked to ascend and to stay within. */
function textOf(data: Data): { readonly offsets: Int32Array; readonly bytes: Buffer } {
  const values = data.values as Uint8Array;
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  if (data.length === 0) return { offsets: Int32Array.of(0), bytes };
  const offsets = Is.isLargeUtf8(data.type)
    ? narrow(data.valueOffsets as unknown as BigInt64Array, data.length + 1)
    : data.valueOffsets;
  let before = 0;
  for (let row = 0; row <= data.length; row += 1) {
    const offset = offsets[row] as number;
    if (!(offset >= before)) throw malformedBody("the offsets of an Arrow text column do not ascend");
    before = offset;
  }
  if (before > bytes.length)
    throw malformedBody("the offsets of an Arrow text column point outside its bytes");
  return { offsets, bytes };
}

function narrow(wide: BigInt64Array, count: number): Int32Array {
  const words = new Int32Array(wide.buffer, wide.byteOffset, count * 2);
  const offsets = new Int32Array(count);
  for (let i = 0; i < count; i += 1) {
    if (words[i * 2 + 1] !== 0)
      throw malformedBody("the offsets of an Arrow text column point outside its bytes");
    offsets[i] = words[i * 2] as number;
  }
  return offsets;
}
