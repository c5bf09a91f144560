import { type DiffRow, namesOf, rowOf } from "./diff-row.ts";

/** Parameters of both sides; values that are nested JSON are laid flat: `optimizer.lr`. */
export function diffParams(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): readonly DiffRow[] {
  const [left, right] = [flattenParams(before), flattenParams(after)];
  return namesOf(left, right).map((name) => rowOf("params", name, left[name], right[name]));
}

const depthMax = 10;

function flattenParams(params: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const flat: Record<string, string> = {};
  const put = (name: string, value: unknown, depth: number) => {
    const isNested = typeof value === "object" && value !== null;
    const inner = isNested ? Object.entries(value) : [];
    if (inner.length === 0 || depth > depthMax)
      flat[name] = typeof value === "string" ? value : JSON.stringify(value);
    else
      for (const [key, one] of inner)
        put(Array.isArray(value) ? `${name}[${key}]` : `${name}.${key}`, one, depth + 1);
  };
  for (const [name, text] of Object.entries(params)) put(name, nestedOf(text) ?? text, 0);
  return flat;
}

/** What a text says as JSON, or as Python prints it, when that is nested. */
function nestedOf(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  for (const candidate of [text, pythonAsJson(text)]) {
    try {
      return JSON.parse(candidate);
    } catch {
      // Then it is text.
    }
  }
  return undefined;
}

function pythonAsJson(text: string): string {
  // Quotes inside of texts would need a parser; what then is no JSON stays a text.
  return text
    .replaceAll("'", '"')
    .replaceAll(/\bNone\b/g, "null")
    .replaceAll(/\bTrue\b/g, "true")
    .replaceAll(/\bFalse\b/g, "false");
}
