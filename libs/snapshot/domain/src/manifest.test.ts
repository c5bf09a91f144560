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

const [first] = manifest.files as [Manifest["files"][0]];
const withFile = (changes: object) =>
  printManifest({ ...manifest, files: [first, { ...first, ...changes }] });

test.each([
  ["{", "is not JSON"],
  ["{}", "format"],
  [printManifest(manifest).slice(0, -20), "is not JSON"],
  // Of a version that comes after this program.
  [printManifest({ ...manifest, format: 2 as 1 }), "format"],
  [JSON.stringify({ ...manifest, files: undefined }), "files"],
  [withFile({ path: "data/runs/../../../etc/passwd" }), "files.1.path"],
  [withFile({ path: "/etc/passwd" }), "files.1.path"],
  [withFile({ sha256: "a".repeat(63) }), "files.1.sha256"],
  [withFile({ bytes: -1 }), "files.1.bytes"],
  [withFile({ rows: 0.5 }), "files.1.rows"],
  [withFile({ numbers: [4] }), "files.1.numbers"],
])("anything else is refused by name: %s", (text, what) => {
  const parse = () => parseManifest(text, "manifests/7.json");
  expect(parse).toThrow("Manifest manifests/7.json");
  expect(parse).toThrow(what);
  expect(parse).toThrow(expect.objectContaining({ reason: "snapshot_damaged" }));
});
