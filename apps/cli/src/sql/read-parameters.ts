import { DomainError } from "@runweir/errors";

/**
 * `--param name=value`: numbers, true, false, null and lists as JSON has them, everything else as text. `name="3"` is a
 * text too.
 */
export function readParameters(words: readonly string[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    words.map((word) => {
      const sign = word.indexOf("=");
      if (sign < 1)
        throw new DomainError(
          "invalid_argument",
          `--param is ${JSON.stringify(word)}; name=value is expected.`,
        );
      return [word.slice(0, sign), readValue(word.slice(sign + 1))];
    }),
  );
}

function readValue(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    // A number that is not the same when it is written again has more digits than one can hold.
    if (typeof value === "number" && !Number.isSafeInteger(value) && Number.isInteger(value)) return text;
    return typeof value === "object" && value !== null && !Array.isArray(value) ? text : value;
  } catch {
    return text;
  }
}
