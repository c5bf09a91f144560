import { expect, test } from "vitest";
import { type ExportManifest, parseExportManifest, printExportManifest } from "./export-manifest.ts";
import { exportTables } from "./export-tables.ts";
import { printExportSchema } from "./print-export-schema.ts";
import { printReadme } from "./print-readme.ts";

const manifest: ExportManifest = {
  format: 1,
  schemaVersion: 2,
  workspace: "default",
  snapshot: 3,
  asOf: "2026-11-26T00:00:00.000Z",
  createdAt: "2026-11-26T00:00:01.000Z",
  experiments: [1],
  encoding: "v1",
  rows: Object.fromEntries(exportTables.map(({ name }) => [name, 2])),
  artifacts: { included: true, files: 2, bytes: 7, left: [{ owner: "run a", reason: "no place" }] },
  files: exportTables.map(({ name }) => ({
    table: name,
    path: `${name}/00000.parquet`,
    rows: 2,
    bytes: 9,
    sha256: "a".repeat(64),
  })),
};

test("a manifest is read as it was printed", () => {
  expect(parseExportManifest(printExportManifest(manifest))).toEqual(manifest);
});

test.each([
  ["{", /manifest.json is not JSON/],
  [printExportManifest(manifest).replace("runs/00000.parquet", "../../etc/passwd"), /files\.\d+\.path/],
  [
    printExportManifest(manifest).replace('"runs": 2', '"runs": 3'),
    /its files of runs have 2 rows, its count says 3/,
  ],
  [printExportManifest({ ...manifest, encoding: "v3" as "v1" }), /encoding/],
])("what is not one is refused", (text, message) => {
  expect(() => parseExportManifest(text)).toThrow(message);
  expect(() => parseExportManifest(text)).toThrow("Nothing of it was taken");
});

test("the documents beside the files name every table, and what was left out", () => {
  for (const { name } of exportTables) {
    expect(printExportSchema()).toContain(`## ${name}\n`);
    expect(printReadme(manifest)).toContain(`| ${name} | 2 |`);
  }
  expect(printReadme(manifest)).toContain("Left out: run a (no place).");
});
