import { type DataType, DataType as Is } from "apache-arrow";
import { malformedBody } from "../refusals.ts";

/** What the metadata of a record batch says of its body. */
export interface BatchLayout {
  readonly length: number;
  readonly nodes: readonly { readonly length: number; readonly nullCount: number }[];
  readonly buffers: readonly { readonly offset: number; readonly length: number }[];
  readonly compression: unknown;
  readonly variadicBufferCounts: readonly number[];
}

/**
 * Throws `invalid_argument` unless the columns lie wholly within a body of `bodyLength` bytes and are as long as the batch
 * says, so that the views made of them are what they seem.
 */
export function checkLayout(
  layout: BatchLayout,
  types: readonly DataType[],
  bodyLength: number,
  rowsMax: number,
): void {
  const { length, nodes, buffers } = layout;
  if (layout.compression)
    throw malformedBody("its Arrow buffers are compressed; use Content-Encoding instead");
  if (!(length >= 0 && length <= rowsMax))
    throw malformedBody(`an Arrow batch may have at most ${rowsMax} rows, and has ${length}`);
  const wanted = types.flatMap((type) => bufferBytes(type, length));
  if (
    nodes.length !== types.length ||
    buffers.length !== wanted.length ||
    layout.variadicBufferCounts.length > 0
  )
    throw damaged("it has another number of columns or buffers than its schema");
  for (const node of nodes) {
    if (node.length !== length) throw damaged("its columns differ in length");
    if (node.nullCount !== 0) throw malformedBody("an Arrow batch holds nulls, which points must not");
  }
  for (const [i, { offset, length: bytes }] of buffers.entries()) {
    if (!(offset >= 0 && offset % 8 === 0 && bytes >= 0 && offset + bytes <= bodyLength))
      throw damaged("a buffer lies outside its body");
    if (bytes < (wanted[i] as number)) throw damaged("a buffer is shorter than its column");
  }
}

/** The least bytes of each buffer of a column: validity, offsets of text, data. */
function bufferBytes(type: DataType, rows: number): number[] {
  if (Is.isDictionary(type)) return [0, (rows * type.indices.bitWidth) / 8];
  if (Is.isUtf8(type)) return [0, rows === 0 ? 0 : (rows + 1) * 4, 0];
  if (Is.isLargeUtf8(type)) return [0, rows === 0 ? 0 : (rows + 1) * 8, 0];
  if (Is.isInt(type)) return [0, (rows * type.bitWidth) / 8];
  if (Is.isFloat(type)) return [0, rows * type.ArrayType.BYTES_PER_ELEMENT];
  if (Is.isTimestamp(type)) return [0, rows * 8];
  throw damaged("a column has an unknown layout");
}

function damaged(what: string): Error {
  return malformedBody(`an Arrow batch is damaged (${what})`);
}
