import { expect, it } from "vitest";
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
