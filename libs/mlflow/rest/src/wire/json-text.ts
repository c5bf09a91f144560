/** A string no JSON text of a client can decode to by accident: marks where a bare `NaN` stood. */
const nanMark = "\u0000NaN";

/**
 * JSON strings are skipped whole (the closing quote is optional so that an unfinished string is one match, not a scan
 * from each of its quotes); what remains are the tokens that Python's json module writes for floats that JSON lacks.
 */
const stringOrBareFloat = /"[^"\\]*(?:\\.[^"\\]*)*"?|-?\bInfinity\b|\bNaN\b/gs;

/** Like `JSON.parse`, and also reads the bare `NaN`, `Infinity` and `-Infinity` that Python clients write. */
export function parseJsonText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!/NaN|Infinity/.test(text)) throw error;
    return JSON.parse(withoutBareFloats(text), (_key, value) => (value === nanMark ? Number.NaN : value));
  }
}

/** A number of a JSON text as it was written: `9.0` and `9` are one JavaScript number, but two Python types. */
export class WrittenNumber {
  readonly written: string;

  constructor(written: string) {
    this.written = written;
  }
}

/** The same text with each number as it was written; for error messages only, it costs several times a plain parse. */
export function parseWithWrittenNumbers(text: string): unknown {
  return JSON.parse(withoutBareFloats(text), (_key, value, context?: { readonly source?: string }) => {
    if (value === nanMark) return new WrittenNumber("NaN");
    if (typeof value !== "number") return value;
    return new WrittenNumber(Number.isFinite(value) ? (context?.source ?? String(value)) : String(value));
  });
}

function withoutBareFloats(text: string): string {
  return text.replace(stringOrBareFloat, (token) => {
    if (token === "NaN") return JSON.stringify(nanMark);
    if (token === "Infinity") return "1e999";
    return token === "-Infinity" ? "-1e999" : token;
  });
}
