import { expect, test } from "vitest";
import { filterRuns, holdsText, quoteLike } from "./match-names.ts";

test("a text is quoted so that no quote in it ends the pattern", () => {
  expect(quoteLike("gbm")).toBe("'%gbm%'");
  expect(quoteLike("it's")).toBe(`"%it's%"`);
  expect(quoteLike(`'"`)).toBe(`"%'_%"`);
});

test("a whole run id is looked up as one, everything else by name", () => {
  expect(filterRuns("0af7651916cd43dd8448eb211c80319c")).toBe(
    "attributes.run_id = '0af7651916cd43dd8448eb211c80319c'",
  );
  expect(filterRuns("calm")).toBe("attributes.run_name ILIKE '%calm%'");
});

test("old answers are kept while they still match, by the server's own rules", () => {
  expect(holdsText("Fraud-GBM", "fraud")).toBe(true);
  expect(holdsText("fraud", "fraud-gbm")).toBe(false);
  expect(holdsText("lr=0.1 (a)", "(a)")).toBe(true);
  expect(holdsText("seed-1", "seed_1")).toBe(true);
  expect(holdsText("a.b", "a+b")).toBe(false);
});
