import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { type PointRow, readArrow, readNdjson, rowsOf } from "../testing/index.ts";
import { formatLimits as limits } from "./format-limits.ts";
import { readJsonPoints } from "./json/read-json-points.ts";

/** Files of format version 1: whatever changes, they must be read as they were. */
function golden(name: string): Buffer {
  return readFileSync(new URL(`../testing/golden-v1/${name}`, import.meta.url));
}

function expected(name: string): PointRow[] {
  return JSON.parse(golden(`${name}.expected.json`).toString()) as PointRow[];
}

it("reads JSON columns of version 1", () => {
  const runs = readJsonPoints(golden("columns.json"), limits);
  expect(rowsOf(runs)).toEqual(expected("columns"));
  expect(runs.map((run) => run.sender)).toEqual([{ client: "trainer-1", sequence: 7 }, undefined, undefined]);
});

it.each([1, 7, 64_000])("reads NDJSON of version 1, in pieces of %i bytes", async (pieceBytes) => {
  const windows = await readNdjson(golden("points.ndjson"), { pieceBytes });
  expect(windows.flatMap(rowsOf)).toEqual(expected("points"));
});

it.each(
  ["dictionary", "deltas", "small", "plain", "seconds"].flatMap((name) =>
    [1, 13, 64_000].map((size) => [name, size] as const),
  ),
)(
  "reads the Arrow stream 'arrow-%s' of version 1 as pyarrow wrote it, in pieces of %i bytes",
  async (name, pieceBytes) => {
    const { batches, heldBytes } = await readArrow(golden(`arrow-${name}.arrows`), { pieceBytes });
    expect(batches.flatMap(rowsOf)).toEqual(expected("arrow"));
    expect(batches.map((runs) => runs.map((run) => run.sender))).toEqual([
      [1, 1].map(() => ({ client: "golden", sequence: 1 })),
      [{ client: "golden", sequence: 2 }],
    ]);
    // Its dictionaries only.
    expect(heldBytes).toBeLessThan(700);
  },
);
