import { expect, test } from "vitest";
import { noteLine } from "./note-line.ts";

test.each([
  ["# Card fraud\n\nBoosted trees.", "Card fraud"],
  ["\n---\n> Some **bold** `code`", "Some bold code"],
  ["See [the paper](https://example.org/a_b).", "See the paper."],
  ["", ""],
])("%j is %j in one line", (note, line) => {
  expect(noteLine(note)).toBe(line);
});
