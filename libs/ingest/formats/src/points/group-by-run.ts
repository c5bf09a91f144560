import type { PointBatch, PointColumn, RunPoints, SenderPosition } from "@runweir/ingest-domain";

/** Points of several runs side by side: a PointBatch with one column more. */
export interface PointTable extends PointBatch {
  readonly runIds: readonly string[];
  readonly runIndexes: Uint32Array;
}

/** Says where a row of the table, or a run of it as a whole, stands in the request. */
export type RowPlace = (column: PointColumn, row: number | undefined) => string;

/** The points of each run of a table, in their order, each with those names only that it uses. */
export function groupByRun(
  table: PointTable,
  place: RowPlace,
  sender?: SenderPosition | undefined,
): readonly RunPoints[] {
  const count = table.runIndexes.length;
  const { names: runIds, indexes: runIndexes } = renumber(table.runIds, table.runIndexes);
  const sizes = new Uint32Array(runIds.length);
  for (let row = 0; row < count; row += 1) sizes[runIndexes[row] as number]! += 1;
  const only = count === 0 ? -1 : (runIndexes[0] as number);
  if (only >= 0 && sizes[only] === count) {
    const { names: keys, indexes: keyIndexes } = renumber(table.keys, table.keyIndexes);
    const points = { ...table, keys, keyIndexes };
    return [{ runId: runIds[only] as string, points, sender, place: placeOf(keyIndexes, undefined, place) }];
  }
  const rows = rowsByRun(runIndexes, sizes);
  const compact = createKeyCompactor(table);
  const groups: RunPoints[] = [];
  let end = 0;
  for (let run = 0; run < sizes.length; run += 1) {
    if (sizes[run] === 0) continue;
    const start = end;
    end += sizes[run] as number;
    const own = rows.subarray(start, end);
    const points = { ...compact(own), ...pick(table, own) };
    groups.push({
      runId: runIds[run] as string,
      points,
      sender,
      place: placeOf(points.keyIndexes, own, place),
    });
  }
  return groups;
}

/** Row numbers, those of the first run first. */
function rowsByRun(runIndexes: Uint32Array, sizes: Uint32Array): Uint32Array {
  const next = new Uint32Array(sizes.length);
  let total = 0;
  for (let run = 0; run < sizes.length; run += 1) {
    next[run] = total;
    total += sizes[run] as number;
  }
  const rows = new Uint32Array(runIndexes.length);
  for (let row = 0; row < rows.length; row += 1) {
    const run = runIndexes[row] as number;
    rows[next[run] as number] = row;
    next[run]! += 1;
  }
  return rows;
}

function pick({ steps, timestamps, values }: PointTable, rows: Uint32Array) {
  const picked = {
    steps: new Float64Array(rows.length),
    timestamps: new Float64Array(rows.length),
    values: new Float64Array(rows.length),
  };
  for (let i = 0; i < rows.length; i += 1) {
    const row = rows[i] as number;
    picked.steps[i] = steps[row] as number;
    picked.timestamps[i] = timestamps[row] as number;
    picked.values[i] = values[row] as number;
  }
  return picked;
}

/** Numbers the names that a run uses from 0. What is remembered of one run is overwritten, never cleared. */
function createKeyCompactor(table: PointTable) {
  const { names: keys, indexes: keyIndexes } = renumber(table.keys, table.keyIndexes);
  const usedBy = new Uint32Array(keys.length);
  const numbers = new Uint32Array(keys.length);
  let run = 0;
  return (rows: Uint32Array): Pick<PointBatch, "keys" | "keyIndexes"> => {
    run += 1;
    const own: string[] = [];
    const ownIndexes = new Uint32Array(rows.length);
    for (let i = 0; i < rows.length; i += 1) {
      const key = keyIndexes[rows[i] as number] as number;
      if (usedBy[key] !== run) {
        usedBy[key] = run;
        numbers[key] = own.push(keys[key] as string) - 1;
      }
      ownIndexes[i] = numbers[key] as number;
    }
    return { keys: own, keyIndexes: ownIndexes };
  };
}

/**
 * The same with those names only that are used, if there are more names than rows: a dictionary of a million names must not
 * make every little batch as costly as itself.
 */
function renumber(
  names: readonly string[],
  indexes: Uint32Array,
): { readonly names: readonly string[]; readonly indexes: Uint32Array } {
  if (names.length <= indexes.length) return { names, indexes };
  const numbers = new Map<number, number>();
  const used: string[] = [];
  const renumbered = indexes.map((index) => {
    const known = numbers.get(index);
    if (known !== undefined) return known;
    const number = used.push(names[index] as string) - 1;
    numbers.set(index, number);
    return number;
  });
  return { names: used, indexes: renumbered };
}

/** A place within a run as a place within the table. A name is where it is used first. */
function placeOf(keyIndexes: Uint32Array, rows: Uint32Array | undefined, place: RowPlace) {
  return (column: PointColumn, index?: number): string => {
    if (column === "keys") return place("key", rowOf(keyIndexes.indexOf(index ?? 0)));
    return place(column, rowOf(index ?? 0));
  };

  function rowOf(point: number): number | undefined {
    return point < 0 ? undefined : rows ? rows[point] : point;
  }
}
