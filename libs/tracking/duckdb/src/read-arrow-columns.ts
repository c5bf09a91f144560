import { tableFromIPC, type Vector } from "apache-arrow";

/** An answer in Arrow as the port has it: column by column. */
export function readArrowColumns(body: Uint8Array): readonly (readonly unknown[])[] {
  const table = tableFromIPC(body);
  return table.schema.fields.map((_, place) => readColumn(table.getChildAt(place)));
}

function readColumn(vector: Vector | null): readonly unknown[] {
  return vector === null ? [] : Array.from(vector as Iterable<unknown>, toPlain);
}

/** 64-bit integers as numbers, or as texts beyond what JavaScript can hold. */
export function toPlain(value: unknown): unknown {
  if (typeof value !== "bigint") return value;
  return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
}
