import { expect, test } from "vitest";
import { type Manifest, parseManifest, printManifest } from "./manifest.ts";

const manifest: Manifest = {
  format: 1,
  schemaVersion: 1,
  workspace: "default",
  seq: 7,
  previousSeq: 6,
  createdAt: "2026-11-26T00:00:00.000Z",
  position: [1, 2],
  hidden: [3],
  files: [
    {
      table: "runs",
      path: "data/runs/5a-0.parquet",
      rows: 1,
      bytes: 2,
      sha256: "a".repeat(64),
      bucket: 0,
      numbers: [4, 5],
    },
  ],
};

test("a manifest is read as it was written", () => {
  expect(parseManifest(printManifest(manifest), "manifests/7.json")).toEqual(manifest);
});

test.each([
  ["{", "is not JSON"],
  ["{}", "format"],
  [
    printManifest({ ...manifest, files: [{ ...manifest.files[0]!, path: "data/runs/../../../etc/passwd" }] }),
    "files.0.path",
  ],
])("anything else is refused by name", (text, what) => {
  const parse = () => parseManifest(text, "manifests/7.json");
  expect(parse).toThrow("Manifest manifests/7.json");
  expect(parse).toThrow(what);
});
