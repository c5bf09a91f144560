import { DomainError } from "@runweir/errors";
import { parseWithWrittenNumbers, WrittenNumber } from "./json-text.ts";

const seeDocs = "See the API docs for more information about request parameters.";

/** Longer values are cut in messages: a client may have sent megabytes. */
const shownCharactersMax = 500;

/** A field that holds what it must not. Becomes a DomainError where the text of the request is at hand. */
export class RefusedValue extends Error {
  override readonly name = "RefusedValue";
  /** As the client wrote it: `metrics[0].timestamp`. */
  readonly path: string;
  readonly value: unknown;
  readonly expected: string;

  constructor(path: string, value: unknown, expected: string) {
    super(`${path}: expected ${expected}`);
    this.path = path;
    this.value = value;
    this.expected = expected;
  }
}

export function missingValue(path: string): DomainError {
  return new DomainError("invalid_argument", `Missing value for required parameter '${path}'. ${seeDocs}`, {
    field: path,
  });
}

/**
 * MLflow's sentence (its clients' tests match on it) and what would have been right.
 *
 * `text` is the JSON text of the request when it had one: the value is quoted from it as it was written.
 */
export function explainRefusal(refused: RefusedValue, text: string | undefined): DomainError {
  const value = text === undefined ? refused.value : writtenValue(text, refused);
  return new DomainError(
    "invalid_argument",
    `Invalid value ${show(value)} for parameter '${refused.path}' supplied:  Hint: Value was of type '${pythonType(value)}'. Expected ${refused.expected}. ${seeDocs}`,
    { field: refused.path },
  );
}

function writtenValue(text: string, refused: RefusedValue): unknown {
  let value = parseWithWrittenNumbers(text);
  if (typeof value === "string") value = parseWithWrittenNumbers(value);
  for (const step of refused.path.split(/[.[\]]+/).filter((part) => part !== "")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return refused.value;
    value = (value as Readonly<Record<string, unknown>>)[step];
  }
  return value;
}

function show(value: unknown): string {
  const text = showWhole(value);
  return text.length > shownCharactersMax ? `${text.slice(0, shownCharactersMax)}...` : text;
}

function showWhole(value: unknown): string {
  if (value instanceof WrittenNumber) return value.written;
  if (Array.isArray(value)) return `[${value.map(showWhole).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}:${showWhole(item)}`);
    return `{${entries.join(",")}}`;
  }
  return JSON.stringify(value) ?? "null";
}

/** Clients' authors think in Python's types, and MLflow names these. */
function pythonType(value: unknown): string {
  if (value instanceof WrittenNumber) return /[.eEIN]/.test(value.written) ? "float" : "int";
  if (value === null || value === undefined) return "NoneType";
  if (Array.isArray(value)) return "list";
  if (typeof value === "boolean") return "bool";
  if (typeof value === "number") return Number.isInteger(value) ? "int" : "float";
  return typeof value === "string" ? "str" : "dict";
}
