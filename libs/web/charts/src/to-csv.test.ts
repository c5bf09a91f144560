import { expect, test } from "vitest";
import { makeLine } from "../testing/make-line.ts";
import { toCsv } from "./to-csv.ts";

test("every bucket is a row with every digit, and a gap is NaN", () => {
  const line = makeLine([0.1 + 0.2, null], { id: "a1" });
  expect(toCsv([line], "step")).toBe(
    [
      "run_id,run,step,min,max,last",
      "a1,calm-heron-10,0,0.30000000000000004,0.30000000000000004,0.30000000000000004",
      "a1,calm-heron-10,1,NaN,NaN,NaN",
      "",
    ].join("\n"),
  );
});

test("names with commas and quotes stay one cell", () => {
  expect(toCsv([makeLine([1], { label: 'lr="1,2"' })], "wall")).toContain('"lr=""1,2"""');
});

test("a name that a spreadsheet would run as a formula is made harmless", () => {
  expect(toCsv([makeLine([1], { label: "=1+1" })], "step")).toContain(",'=1+1,");
});
