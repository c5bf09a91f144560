import { expect, test } from "vitest";
import { contentTypeOf } from "./content-type.ts";

test.each([
  ["notes.txt", "text/plain"],
  ["conda.yaml", "text/plain"],
  ["eval.JSON", "text/plain"],
  ["MLmodel", "text/plain"],
  ["script.js", "text/plain"],
  ["feed.xml", "text/plain"],
  ["figure.PNG", "image/png"],
  ["drawing.svg", "image/svg+xml"],
  ["report.html", "text/html"],
  ["paper.pdf", "application/pdf"],
  ["model.pkl", "application/octet-stream"],
  ["html", "application/octet-stream"],
  ["report.html.gz", "application/gzip"],
  ["constructor", "application/octet-stream"],
  ["x.constructor", "application/octet-stream"],
  ["x.__proto__", "application/octet-stream"],
  ["", "application/octet-stream"],
])("%j is %s", (name, type) => {
  expect(contentTypeOf(name)).toBe(type);
});
