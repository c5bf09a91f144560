/** How long what follows an opcode is, and what it does to the machine's stack. From Python's pickletools. */
export interface Opcode {
  readonly argument:
    | "none"
    | "line"
    | "two-lines"
    | 1
    | 2
    | 4
    | 8
    /** A length of so many bytes, and then so many bytes. */
    | { readonly lengthBytes: 1 | 4 | 8; readonly isText?: true };
  /** How many values it takes; `mark`: all down to the last mark. */
  readonly pops: number | "mark";
  readonly pushes: 0 | 1;
}

const op = (argument: Opcode["argument"], pops: Opcode["pops"], pushes: 0 | 1): Opcode => ({
  argument,
  pops,
  pushes,
});
const text = (lengthBytes: 1 | 4 | 8): Opcode["argument"] => ({ lengthBytes, isText: true });
const bytes = (lengthBytes: 1 | 4 | 8): Opcode["argument"] => ({ lengthBytes });

/** Those with a meaning of their own (mark, globals, memo, stop) are handled by name in `walkPickle`. */
const byCharacter: Readonly<Record<string, Opcode>> = {
  "(": op("none", 0, 0),
  ".": op("none", 1, 0),
  "0": op("none", 1, 0),
  "1": op("none", "mark", 0),
  "2": op("none", 0, 1),
  F: op("line", 0, 1),
  G: op(8, 0, 1),
  I: op("line", 0, 1),
  J: op(4, 0, 1),
  K: op(1, 0, 1),
  L: op("line", 0, 1),
  M: op(2, 0, 1),
  N: op("none", 0, 1),
  P: op("line", 0, 1),
  Q: op("none", 1, 1),
  R: op("none", 2, 1),
  S: op("line", 0, 1),
  T: op(text(4), 0, 1),
  U: op(text(1), 0, 1),
  V: op("line", 0, 1),
  X: op(text(4), 0, 1),
  B: op(bytes(4), 0, 1),
  C: op(bytes(1), 0, 1),
  a: op("none", 1, 0),
  b: op("none", 1, 0),
  c: op("two-lines", 0, 1),
  d: op("none", "mark", 1),
  "}": op("none", 0, 1),
  e: op("none", "mark", 0),
  g: op("line", 0, 1),
  h: op(1, 0, 1),
  i: op("two-lines", "mark", 1),
  j: op(4, 0, 1),
  l: op("none", "mark", 1),
  "]": op("none", 0, 1),
  o: op("none", "mark", 1),
  p: op("line", 0, 0),
  q: op(1, 0, 0),
  r: op(4, 0, 0),
  s: op("none", 2, 0),
  t: op("none", "mark", 1),
  ")": op("none", 0, 1),
  u: op("none", "mark", 0),
};

const byCode: readonly (readonly [number, Opcode])[] = [
  [0x80, op(1, 0, 0)],
  [0x81, op("none", 2, 1)],
  [0x82, op(1, 0, 1)],
  [0x83, op(2, 0, 1)],
  [0x84, op(4, 0, 1)],
  [0x85, op("none", 1, 1)],
  [0x86, op("none", 2, 1)],
  [0x87, op("none", 3, 1)],
  [0x88, op("none", 0, 1)],
  [0x89, op("none", 0, 1)],
  [0x8a, op(bytes(1), 0, 1)],
  [0x8b, op(bytes(4), 0, 1)],
  [0x8c, op(text(1), 0, 1)],
  [0x8d, op(text(8), 0, 1)],
  [0x8e, op(bytes(8), 0, 1)],
  [0x8f, op("none", 0, 1)],
  [0x90, op("none", "mark", 0)],
  [0x91, op("none", "mark", 1)],
  [0x92, op("none", 3, 1)],
  [0x93, op("none", 2, 1)],
  [0x94, op("none", 0, 0)],
  [0x95, op(8, 0, 0)],
  [0x96, op(bytes(8), 0, 1)],
  [0x97, op("none", 0, 1)],
  [0x98, op("none", 0, 0)],
];

export const opcodes: ReadonlyMap<number, Opcode> = new Map([
  ...Object.entries(byCharacter).map(([character, opcode]) => [character.charCodeAt(0), opcode] as const),
  ...byCode,
]);
