import { type Opcode, opcodes } from "./pickle-opcodes.ts";

export interface PickleContent {
  /** All that it imports, as `module name`; what cannot be told is `?`. */
  readonly globals: readonly { readonly module: string; readonly name: string }[];
  /** Why it could not be followed to its end; undefined when it was. */
  readonly trouble: string | undefined;
  /** Where the next one may begin. */
  readonly end: number;
}

/** What is on the machine's stack, as far as names of imports need it: texts, and everything else as undefined. */
type Value = string | undefined | typeof mark;
const mark = Symbol("mark");

/** Goes along a pickle without doing what it says, and lists what it would import. */
export function walkPickle(data: Uint8Array, start = 0): PickleContent {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  const globals: { module: string; name: string }[] = [];
  const stack: Value[] = [];
  const memo = new Map<number, Value>();
  let at = start;
  const stop = (trouble?: string): PickleContent => ({ globals, trouble, end: at });
  const pop = () => (stack.length === 0 ? undefined : stack.pop());
  const known = (value: Value) => (typeof value === "string" ? value : "?");

  while (at < bytes.length) {
    const code = bytes[at] ?? 0;
    const opcode = opcodes.get(code);
    if (opcode === undefined) return stop(`byte 0x${code.toString(16)} at ${at} is no opcode`);
    const argument = readArgument(bytes, at + 1, opcode);
    if (argument === undefined) return stop("it ends in the middle");
    at = argument.end;
    const character = String.fromCharCode(code);
    if (character === "(") stack.push(mark);
    else if (character === ".") return stop();
    else if (character === "2") stack.push(stack.at(-1));
    else if (character === "p") memo.set(Number(argument.text), stack.at(-1));
    else if (character === "q" || character === "r") memo.set(argument.number, stack.at(-1));
    else if (code === 0x94) memo.set(memo.size, stack.at(-1));
    else if (character === "g") stack.push(memo.get(Number(argument.text)));
    else if (character === "h" || character === "j") stack.push(memo.get(argument.number));
    else {
      const [module = "", name = ""] = argument.text.split("\n");
      if (character === "c" || character === "i") globals.push({ module, name });
      if (code === 0x93) globals.push({ module: known(stack.at(-2)), name: known(stack.at(-1)) });
      // Extension codes stand for imports that only the reader's registry knows.
      if (code >= 0x82 && code <= 0x84) globals.push({ module: "copyreg", name: "?" });
      if (opcode.pops === "mark") while (stack.length > 0 && stack.pop() !== mark);
      else for (let count = 0; count < opcode.pops; count++) pop();
      if (opcode.pushes === 1)
        stack.push(isText(code, opcode) ? unquote(character, argument.text) : undefined);
    }
  }
  return stop("it has no end");
}

interface Argument {
  readonly text: string;
  readonly number: number;
  readonly end: number;
}

function readArgument(bytes: Buffer, at: number, { argument }: Opcode): Argument | undefined {
  if (argument === "none") return { text: "", number: 0, end: at };
  if (argument === "line" || argument === "two-lines") {
    const first = bytes.indexOf(10, at);
    const last = argument === "line" || first < 0 ? first : bytes.indexOf(10, first + 1);
    if (last < 0) return undefined;
    return { text: bytes.toString("utf8", at, last), number: 0, end: last + 1 };
  }
  if (typeof argument === "number") {
    if (at + argument > bytes.length) return undefined;
    return { text: "", number: readNumber(bytes, at, argument), end: at + argument };
  }
  const { lengthBytes, isText = false } = argument;
  if (at + lengthBytes > bytes.length) return undefined;
  const from = at + lengthBytes;
  const end = from + readNumber(bytes, at, lengthBytes);
  if (end > bytes.length) return undefined;
  // Names are short; long texts are data.
  const text = isText && end - from <= 1_000 ? bytes.toString("utf8", from, end) : "";
  return { text, number: 0, end };
}

function readNumber(bytes: Buffer, at: number, size: 1 | 2 | 4 | 8): number {
  if (size === 8) return Number(bytes.readBigUInt64LE(at));
  return bytes.readUIntLE(at, size);
}

function isText(code: number, { argument }: Opcode): boolean {
  return typeof argument === "object" ? argument.isText === true : code === 0x53 || code === 0x56;
}

/** The oldest protocol writes texts as Python prints them. */
function unquote(character: string, text: string): string {
  return character === "S" ? text.replace(/^(['"])(.*)\1$/s, "$2") : text;
}
