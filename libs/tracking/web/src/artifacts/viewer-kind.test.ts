import { expect, it } from "vitest";
import { viewerKind } from "./viewer-kind.ts";

it.each([
  ["picture.PNG", "image"],
  ["notes.txt", "text"],
  ["train.py", "text"],
  ["readme.md", "markdown"],
  ["eval_results.json", "json"],
  ["scores.tsv", "csv"],
  ["weights.parquet", "parquet"],
  ["page.html", "html"],
  ["MLmodel", "model"],
  ["Dockerfile", "text"],
  ["requirements.txt", "text"],
  ["model.pkl", "none"],
  ["no-extension", "none"],
])("%s is shown as %s", (name, kind) => {
  expect(viewerKind(name)).toBe(kind);
});
