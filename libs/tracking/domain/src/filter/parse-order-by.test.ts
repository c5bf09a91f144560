import { expect, it } from "vitest";
import { experimentGrammar } from "./experiment-grammar.ts";
import { loggedModelGrammar } from "./logged-model-grammar.ts";
import { parseOrderBy } from "./parse-order-by.ts";
import { runGrammar } from "./run-grammar.ts";

it.each([
  ["metrics.loss", "metric", "loss", true],
  ["metrics.`val loss` DESC", "metric", "val loss", false],
  ["  params.lr   asc ", "param", "lr", true],
  ['tags."mlflow.user" desc', "tag", "mlflow.user", false],
  ["metrics.val loss DESC", "metric", "val loss", false],
  ["start_time DESC", "attribute", "start_time", false],
  ["attributes.Created", "attribute", "start_time", true],
  ["Run Name", "attribute", "run_name", true],
  ["metrics.desc", "metric", "desc", true],
  ["metrics.`x asc`\tASC", "metric", "x asc", true],
])("%s", (term, entity, key, ascending) => {
  expect(parseOrderBy([term], runGrammar)).toMatchObject([{ field: { entity, key }, ascending }]);
});

it.each([
  ["", "Invalid order_by clause ''. Could not be parsed."],
  ["metrics.loss asc desc", "Could not be parsed."],
  ["dataset.name", "Invalid order_by entity: dataset"],
  ["foo.bar", "Invalid entity type 'foo'"],
  ["nope ASC", "Invalid attribute key 'nope'"],
])("refuses %j", (term, message) => {
  expect(() => parseOrderBy([term], runGrammar)).toThrow(message);
});

it("refuses endless lists", () => {
  expect(() => parseOrderBy(Array(51).fill("status"), runGrammar)).toThrow("found 51 terms, at most 50");
});

it.each([
  ["tags.team", experimentGrammar, "Invalid order_by entity: tag"],
  ["params.depth DESC", loggedModelGrammar, "Invalid order_by entity: param"],
  ["constructor", loggedModelGrammar, "Invalid order by or filter field name: constructor."],
])("knows what each listing can be ordered by: not %j", (term, grammar, message) => {
  expect(() => parseOrderBy([term], grammar)).toThrow(message);
});

it("takes no longer for a long term than for reading it", () => {
  const gap = " ".repeat(10_000_000);
  expect(() => parseOrderBy([`nope${gap}nope`], runGrammar)).toThrow("Invalid attribute key 'nope");
  expect(parseOrderBy([`status${gap}DESC`], runGrammar)).toMatchObject([{ ascending: false }]);
});
