import { DomainError } from "@runweir/errors";
import { malformedBody } from "../refusals.ts";
import type { FieldShape, TableShape } from "./flatbuffer-verifier.ts";

/**
 * The tables of Arrow's Message.fbs and Schema.fbs, as far as streams of points may use them. Types that points have no use for
 * are refused here, so that no reader ever sees them.
 */
const byte: FieldShape = { kind: "scalar", bytes: 1 };
const short: FieldShape = { kind: "scalar", bytes: 2 };
const int: FieldShape = { kind: "scalar", bytes: 4 };
const long: FieldShape = { kind: "scalar", bytes: 8 };
const text: FieldShape = { kind: "text" };

const keyValue: TableShape = [text, text];
const custom: FieldShape = { kind: "tables", of: () => keyValue };
const intType: TableShape = [int, byte];

/** By the numbers of the union Type; the names of the others are for the message only. */
const types: Readonly<Record<number, TableShape>> = {
  2: intType,
  3: [short],
  5: [],
  10: [short, text],
  20: [],
};

function typeShape(type: number): TableShape {
  const shape = types[type];
  if (shape) return shape;
  throw new DomainError(
    "invalid_argument",
    `A column of the Arrow stream has a type (${type} of Schema.fbs) that points do not use. Allowed are integers, float32, float64, timestamps, utf8, large_utf8, and utf8 encoded by a dictionary.`,
    { field: "schema" },
  );
}

const dictionaryEncoding: TableShape = [long, { kind: "table", of: () => intType }, byte, short];

const field: TableShape = [
  text,
  byte,
  byte,
  { kind: "union", of: typeShape },
  { kind: "table", of: () => dictionaryEncoding },
  { kind: "tables", of: () => field },
  custom,
];

const schema: TableShape = [
  short,
  { kind: "tables", of: () => field },
  custom,
  { kind: "structs", bytes: 8 },
];

const recordBatch: TableShape = [
  long,
  { kind: "structs", bytes: 16 },
  { kind: "structs", bytes: 16 },
  { kind: "table", of: () => [byte, byte] },
  { kind: "structs", bytes: 8 },
];

const dictionaryBatch: TableShape = [long, { kind: "table", of: () => recordBatch }, byte];

const headers: Readonly<Record<number, TableShape>> = { 1: schema, 2: dictionaryBatch, 3: recordBatch };

export const messageShape: TableShape = [
  short,
  byte,
  {
    kind: "union",
    of: (type) => {
      const header = headers[type];
      if (header) return header;
      throw malformedBody(`an Arrow message of kind ${type} does not belong into a stream of points`);
    },
  },
  long,
  custom,
];
