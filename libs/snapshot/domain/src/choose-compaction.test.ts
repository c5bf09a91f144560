import { expect, test } from "vitest";
import { chooseCompaction, settledRows } from "./choose-compaction.ts";
import type { SnapshotFile } from "./manifest.ts";

function file(name: number, rows: number): SnapshotFile {
  return {
    table: "metric_points",
    path: `data/metric_points/${name}.parquet`,
    rows,
    bytes: rows,
    sha256: "0".repeat(64),
    numbers: [1, 1],
  };
}

test("nothing is merged before a tier is full", () => {
  expect(chooseCompaction(Array.from({ length: 7 }, (_, i) => file(i, 10)))).toBeUndefined();
});

test("a full tier is merged, and only that", () => {
  const small = Array.from({ length: 8 }, (_, i) => file(i, 10 + i));
  expect(chooseCompaction([file(100, 1_000_000), ...small])).toEqual(small);
});

test("settled files are left alone", () => {
  expect(chooseCompaction(Array.from({ length: 20 }, (_, i) => file(i, settledRows)))).toBeUndefined();
});

test("a row is rewritten a few times, and few files remain, however many small ones come", () => {
  let files: SnapshotFile[] = [];
  let rewritten = 0;
  const added = 3_000;
  for (let i = 0; i < added; i += 1) {
    files.push(file(i, 5_000));
    for (let chosen = chooseCompaction(files); chosen; chosen = chooseCompaction(files)) {
      const rows = chosen.reduce((sum, one) => sum + one.rows, 0);
      rewritten += rows;
      files = [...files.filter((one) => !chosen?.includes(one)), file(added + i, rows)];
    }
  }
  expect(files.reduce((sum, one) => sum + one.rows, 0)).toBe(added * 5_000);
  expect(rewritten / (added * 5_000)).toBeLessThan(4.5);
  expect(files.filter((one) => one.rows < settledRows).length).toBeLessThan(32);
});
