import { expect, test } from "vitest";
import type { MetricFact } from "../facts/version-facts.ts";
import { evaluateCondition } from "./evaluate-condition.ts";
import { parseExpression } from "./parse-expression.ts";

const metric = (name: string, value: number, slice: Record<string, string> = {}): MetricFact => ({
  name,
  slice,
  values: [value],
});

function evaluate(text: string, candidate: readonly MetricFact[], base?: readonly MetricFact[]) {
  return evaluateCondition(parseExpression(text), { candidate, base }, text);
}

test.each([
  ["val/auc >= base - 0.002", 0.9, 0.901, true],
  ["val/auc >= base - 0.002", 0.9, 0.903, false],
  ["val/auc > base", 0.9, 0.9, false],
  ["base(val/auc) < val/auc", 0.9, 0.8, true],
  ["val/auc / base >= 99%", 0.99, 1, true],
  ["abs(val/auc - base) <= 1e-2", 0.8, 0.9, false],
  ["!(val/auc < 0.5) && (val/auc - 0.1) * 2 >= 1", 0.7, 0.1, true],
  ["val/auc >= 0.95 || val/auc >= base", 0.9, 0.8, true],
  ['"val/auc" == -(-0.9)', 0.9, 0, true],
])("%s with %d against %d is %s", (text, candidate, base, holds) => {
  expect(evaluate(text, [metric("val/auc", candidate)], [metric("val/auc", base)]).holds).toBe(holds);
});

test("the mean of several runs is compared", () => {
  const several: MetricFact = { name: "auc", slice: {}, values: [0.8, 1] };
  expect(evaluate("auc >= 0.9", [several]).holds).toBe(true);
  expect(evaluate("auc > 0.9", [several]).holds).toBe(false);
});

test("as many runs of the same value as one likes mean that value", () => {
  // Their sum divided by three is 0.10000000000000002.
  const three: MetricFact = { name: "auc", slice: {}, values: [0.1, 0.1, 0.1] };
  expect(evaluate("auc <= base", [three], [metric("auc", 0.1)]).holds).toBe(true);
});

test.each([
  ["auc >= 0.9", 0.939309800352, "auc: 0.9393 is >= 0.9"],
  ["auc >= 0.9393", 0.93929, "auc: 0.93929 is not >= 0.9393"],
  ["auc > 0.9", 0.9, "auc: 0.9 is not > 0.9"],
  ["auc >= 0.9", Number.NaN, "auc: NaN is not >= 0.9"],
])("%s of %d is told in as few digits as show why", (text, value, said) => {
  expect(evaluate(text, [metric("auc", value)]).findings[0]?.text).toBe(said);
});

test("a star asks every slice, and names those that fail", () => {
  const slices = [
    metric("auc", 0.9, { country: "DE" }),
    metric("auc", 0.6, { country: "BR" }),
    metric("auc", 0.9),
  ];
  const found = evaluate("slice(country=*).auc >= 0.7", slices);
  expect(found.holds).toBe(false);
  expect(found.findings).toEqual([
    { holds: true, metric: "slice(country=DE).auc", text: "slice(country=DE).auc: 0.9 is >= 0.7" },
    { holds: false, metric: "slice(country=BR).auc", text: "slice(country=BR).auc: 0.6 is not >= 0.7" },
  ]);
});

test("each slice is compared with its own base, and one that was lost fails", () => {
  const base = [
    metric("auc", 0.5, { c: "a" }),
    metric("auc", 0.8, { c: "b" }),
    metric("auc", 0.9, { c: "gone" }),
  ];
  const found = evaluate(
    "slice(c=*).auc >= base",
    [metric("auc", 0.6, { c: "a" }), metric("auc", 0.7, { c: "b" })],
    base,
  );
  expect(found.findings.map(({ metric: name, holds }) => [name, holds])).toEqual([
    ["slice(c=a).auc", true],
    ["slice(c=b).auc", false],
    ["slice(c=gone).auc", false],
  ]);
});

test("what is not there fails; where there is no base at all, what is said of it holds", () => {
  expect(evaluate("auc >= 0.1", [])).toMatchObject({
    holds: false,
    findings: [{ text: "the candidate has no auc" }],
  });
  expect(evaluate("slice(c=*).auc >= 0.1", [])).toMatchObject({ holds: false });
  expect(evaluate("auc >= base", [metric("auc", 1)], [])).toMatchObject({ holds: false });
  expect(evaluate("auc >= base", [metric("auc", 1)])).toMatchObject({ holds: true });
  expect(evaluate("auc >= base", [])).toMatchObject({ holds: false });
  expect(evaluate("auc >= 0", [metric("auc", Number.NaN)]).holds).toBe(false);
  expect(evaluate("auc != 0", [metric("auc", Number.NaN)]).holds).toBe(false);
});

test.each([
  ["", 1, "expected a metric or a number, found the end"],
  ["auc", 4, "expected a comparison"],
  ["auc >=", 7, "expected a metric or a number, found the end"],
  ["1 >= 2", 1, "this compares no metric"],
  ["auc >= 0.7 auc", 12, "expected && or ||, found 'auc'"],
  ["auc >= (1 + 2", 14, "expected ')', found the end"],
  ["slice(country).auc > 1", 14, "expected '=', found ')'"],
  ["slice(country=*) > 1", 18, "expected '.', found '>'"],
  ["auc ~ 1", 5, "'~' means nothing here"],
  ['"auc > 1', 1, "this quote is not closed"],
  ["auc >= base -", 14, "expected a metric or a number, found the end"],
])("%s: column %d, %s", (text, column, problem) => {
  expect(() => parseExpression(text)).toThrow(`Expression, column ${column}: ${problem}`);
});

test("brackets without end are refused, not followed", () => {
  expect(() => parseExpression(`${"(".repeat(60)}auc > 1`)).toThrow("brackets go deeper than 50");
});
