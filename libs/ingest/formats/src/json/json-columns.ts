import { refused } from "../refusals.ts";

/** Numbers that JSON has no form for, as MLflow's clients write them too. */
const namedNumbers = new Map([
  ["NaN", Number.NaN],
  ["Infinity", Number.POSITIVE_INFINITY],
  ["-Infinity", Number.NEGATIVE_INFINITY],
]);

export function readArray(json: unknown, place: string): readonly unknown[] {
  if (Array.isArray(json)) return json;
  throw refused(place, "must be an array", json);
}

/** A column of `count` numbers. One number instead of an array stands for all of them. */
export function readNumbers(json: unknown, count: number, place: string): Float64Array {
  if (typeof json === "number") return new Float64Array(count).fill(json);
  const list = readArray(json, place);
  requireLength(list, count, place);
  const column = new Float64Array(count);
  for (let i = 0; i < count; i += 1) {
    const entry = list[i];
    if (typeof entry !== "number") throw refused(`${place}[${i}]`, "must be a number", entry);
    column[i] = entry;
  }
  return column;
}

/** Values: numbers, or the names of those that JSON has no form for. */
export function readValues(json: unknown, place: string): Float64Array {
  const list = readArray(json, place);
  const column = new Float64Array(list.length);
  for (let i = 0; i < list.length; i += 1) {
    const entry = list[i];
    column[i] = typeof entry === "number" ? entry : readNamedNumber(entry, `${place}[${i}]`);
  }
  return column;
}

export function readNamedNumber(json: unknown, place: string): number {
  const named = typeof json === "string" ? namedNumbers.get(json) : undefined;
  if (named === undefined) throw refused(place, 'must be a number, "NaN", "Infinity" or "-Infinity"', json);
  return named;
}

/** Which of the names each point is of; with one name, all points may go without saying. */
export function readKeyIndexes(json: unknown, count: number, names: number, place: string): Uint32Array {
  const column = new Uint32Array(count);
  if (json === undefined && names === 1) return column;
  const list = readArray(json, place);
  requireLength(list, count, place);
  for (let i = 0; i < count; i += 1) {
    const entry = list[i];
    if (!(typeof entry === "number" && Number.isInteger(entry) && entry >= 0 && entry < names))
      throw refused(`${place}[${i}]`, `must be an index into keys, from 0 to ${names - 1}`, entry);
    column[i] = entry;
  }
  return column;
}

function requireLength(list: readonly unknown[], count: number, place: string): void {
  if (list.length !== count)
    throw refused(place, `must be as long as value, which has ${count} entries`, list.length);
}
