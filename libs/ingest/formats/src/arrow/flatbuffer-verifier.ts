import { malformedBody } from "../refusals.ts";

/**
 * Checks that a flatbuffer holds nothing but references to within itself, so that a reader that trusts them can be let at
 * it. Flatbuffers' own verifier exists for other languages only.
 *
 * A table is described by its fields in the order of their slots.
 */
export type FieldShape =
  | { readonly kind: "scalar"; readonly bytes: 1 | 2 | 4 | 8 }
  | { readonly kind: "text" }
  | { readonly kind: "structs"; readonly bytes: number }
  | { readonly kind: "table"; readonly of: () => TableShape }
  | { readonly kind: "tables"; readonly of: () => TableShape }
  /** The table that the byte in the slot before tells. */
  | { readonly kind: "union"; readonly of: (type: number) => TableShape };

export type TableShape = readonly FieldShape[];

/** More parts than any message of ours has; fields may point at the same part again and again. */
const partsMax = 20_000;
const depthMax = 8;

export class FlatbufferVerifier {
  readonly #view: DataView;
  readonly #size: number;
  #parts = 0;

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#size = bytes.byteLength;
  }

  /** Throws `invalid_argument` unless the whole tree below the root is within the bytes. */
  verifyRoot(shape: TableShape): void {
    this.#table(this.#reference(0), shape, 0);
  }

  #table(at: number, shape: TableShape, depth: number): void {
    if (depth > depthMax) throw damaged("it is nested too deeply");
    this.#count(1);
    this.#need(at, 4);
    const slots = at - this.#view.getInt32(at, true);
    this.#need(slots, 4);
    const slotBytes = this.#view.getUint16(slots, true);
    const tableBytes = this.#view.getUint16(slots + 2, true);
    if (slotBytes < 4 || slotBytes % 2 !== 0 || tableBytes < 4) throw damaged("a table has no sound layout");
    this.#need(slots, slotBytes);
    this.#need(at, tableBytes);
    const offsetOf = (slot: number): number =>
      4 + slot * 2 + 2 <= slotBytes ? this.#view.getUint16(slots + 4 + slot * 2, true) : 0;
    for (const [slot, field] of shape.entries()) {
      const offset = offsetOf(slot);
      if (offset === 0) continue;
      if (offset < 4 || offset + (field.kind === "scalar" ? field.bytes : 4) > tableBytes)
        throw damaged("a field lies outside its table");
      if (field.kind === "union") {
        const typeOffset = offsetOf(slot - 1);
        const type = typeOffset === 0 ? 0 : this.#view.getUint8(at + typeOffset);
        this.#table(this.#reference(at + offset), field.of(type), depth + 1);
      } else if (field.kind !== "scalar") this.#referred(at + offset, field, depth);
    }
  }

  #referred(at: number, field: Exclude<FieldShape, { kind: "scalar" | "union" }>, depth: number): void {
    const target = this.#reference(at);
    if (field.kind === "table") {
      this.#table(target, field.of(), depth + 1);
      return;
    }
    this.#need(target, 4);
    const count = this.#view.getUint32(target, true);
    const bytesEach = field.kind === "text" ? 1 : field.kind === "structs" ? field.bytes : 4;
    this.#need(target + 4, count * bytesEach);
    if (field.kind !== "text") this.#count(count);
    if (field.kind !== "tables") return;
    for (let i = 0; i < count; i += 1)
      this.#table(this.#reference(target + 4 + i * 4), field.of(), depth + 1);
  }

  #reference(at: number): number {
    this.#need(at, 4);
    return at + this.#view.getUint32(at, true);
  }

  #need(at: number, bytes: number): void {
    if (at < 0 || at + bytes > this.#size) throw damaged("it points outside itself");
  }

  #count(parts: number): void {
    this.#parts += parts;
    if (this.#parts > partsMax) throw damaged("it has too many parts");
  }
}

function damaged(what: string): Error {
  return malformedBody(`the metadata of an Arrow message is damaged (${what})`);
}
