import { expect, test } from "vitest";
import { parseColumnProfiles } from "../facts/column-profile.ts";
import { diffData } from "./diff-data.ts";

const data = (digest: string, columns: unknown, types: readonly string[] = []) => ({
  name: "tx",
  digest,
  context: "training",
  rows: 1_000,
  columns: types.map((name) => ({ name, type: "double" })),
  profiles: parseColumnProfiles(columns, 1_000),
});
const histogram = (edges: readonly number[], counts: readonly number[]) => ({ histogram: { edges, counts } });
const columnRows = (before: unknown, after: unknown) =>
  diffData([data("a", before)], [data("b", after)]).slice(1);

test("columns that moved come first, with how far", () => {
  const before = {
    calm: histogram([0, 1, 2], [500, 500]),
    moved: histogram([0, 1, 2], [500, 500]),
    country: { categories: { BR: 500, DE: 500 } },
  };
  const after = {
    calm: histogram([0, 1, 2], [510, 490]),
    moved: histogram([0, 1, 2], [900, 100]),
    country: { categories: { BR: 650, DE: 340, PT: 10 } },
  };
  // By hand: (0.9-0.5) ln(0.9/0.5) + (0.1-0.5) ln(0.1/0.5) = 0.235 + 0.644.
  expect(columnRows(before, after)).toMatchObject([
    {
      label: "tx (training) · moved",
      change: "changed",
      note: expect.stringMatching(/^large shift: PSI 0\.879, /),
    },
    { label: "tx (training) · country", change: "changed", note: expect.stringMatching(/^shift: PSI/) },
    { label: "tx (training) · calm", change: "same", note: expect.stringMatching(/^no shift: PSI 0\.000, /) },
  ]);
});

test("other bins of the same values are no shift, and values outside of the base's bins are one", () => {
  const even = histogram([0, 2, 4], [500, 500]);
  expect(columnRows({ x: even }, { x: histogram([0, 1, 2, 3, 4], [250, 250, 250, 250]) })).toMatchObject([
    { change: "same", note: expect.stringContaining("PSI 0.000, JS distance 0.000") },
  ]);
  expect(columnRows({ x: even }, { x: histogram([4, 8], [1000]) })).toMatchObject([
    { change: "changed", note: expect.stringMatching(/^large shift: PSI .*JS distance 1\.000$/) },
  ]);
});

test("what describe() prints is a profile, and so are quantiles", () => {
  const described = { count: 900, mean: 5, std: 2, min: 0, "25%": 2, "50%": 5, "75%": 8, max: 10 };
  expect(columnRows({ x: described }, { x: { ...described, count: 1_000 } })).toMatchObject([
    { change: "changed", before: "mean 5 ± 2 · 10.0 % missing", after: "mean 5 ± 2" },
  ]);
  const quantiles = { 0: 0, 0.25: 2, 0.5: 5, 0.75: 8, 1: 10 };
  expect(columnRows({ x: described }, { x: { quantiles, mean: 5, count: 900 } })).toMatchObject([
    { change: "same", note: expect.stringContaining("PSI 0.000") },
  ]);
  // Half of the values are the least one: the share goes to where there is any width.
  const flat = { min: 0, "25%": 0, "50%": 0, "75%": 8, max: 10 };
  expect(parseColumnProfiles({ x: flat }, undefined)[0]?.histogram).toEqual({
    edges: [0, 8, 10],
    shares: [0.75, 0.25],
  });
});

test("without distributions means are compared by what values scatter", () => {
  const at = (mean: number) => ({ x: { mean, std: 10 } });
  expect(columnRows(at(5), at(5.5))).toEqual([]);
  expect(columnRows(at(5), at(7))).toMatchObject([{ change: "changed", before: "mean 5 ± 10" }]);
});

test("a dataset of another name in the same use is compared with the one before it, where there is one of each", () => {
  const even = { amount: histogram([0, 1, 2], [500, 500]) };
  const october = { ...data("a", even), name: "tx-10" };
  const november = { ...data("b", { amount: histogram([0, 1, 2], [900, 100]) }), name: "tx-11" };
  expect(diffData([october], [november])).toMatchObject([
    {
      anchor: "data:tx-10 (training)",
      change: "changed",
      before: "tx-10 · a · 1000 rows",
      after: "tx-11 · b · 1000 rows",
      note: "in place of tx-10",
    },
    { anchor: "data:tx-10 (training).amount", note: expect.stringContaining("PSI 0.879") },
  ]);
  const changes = (before: readonly object[], after: readonly object[]) =>
    diffData(before as never, after as never)
      .filter(({ label }) => !label.includes("·"))
      .map(({ label, change }) => `${label} ${change}`);
  expect(changes([october], [november, { ...november, name: "users" }]), "or nobody knows which").toEqual([
    "tx-10 (training) removed",
    "tx-11 (training) added",
    "users (training) added",
  ]);
  expect(changes([october], [{ ...november, context: "test" }]), "another use is no successor").toEqual([
    "tx-10 (training) removed",
    "tx-11 (test) added",
  ]);
  expect(changes([october, data("u", even)], [november, data("u", even)]), "names come first").toEqual([
    "tx (training) same",
    "tx-10 (training) changed",
  ]);
});

test("what was not logged is said, where the data are others", () => {
  const note = (before: unknown, after: unknown, digest = "b") =>
    diffData([data("a", before)], [data(digest, after)])[0]?.note;
  const known = { x: { mean: 1 } };
  expect(note(undefined, undefined)).toBe(
    "drift is not known: no profile of columns was logged with the base nor with the candidate",
  );
  expect(note(known, undefined)).toBe(
    "drift is not known: no profile of columns was logged with the candidate",
  );
  expect(note(known, known)).toBeUndefined();
  expect(note(undefined, undefined, "a")).toBeUndefined();
});

test.each([
  ["no object", [1, 2]],
  ["a column that is none", { x: 3 }],
  ["counts that are none", { x: histogram([0, 1, 2], [1, Number.NaN]) }],
  ["falling edges", { x: histogram([0, 2, 1], [1, 1]) }],
  ["too few edges", { x: histogram([0], [1]) }],
  ["negative categories", { x: { categories: { a: -1, b: 2 } } }],
  ["falling quantiles", { x: { min: 3, "50%": 2, max: 1 } }],
])("%s is no profile", (_what, columns) => {
  expect(parseColumnProfiles(columns, 10)).toEqual([]);
});
