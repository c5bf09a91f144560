import { describe, expect, it } from "vitest";
import type { Comparison, Field, OrderBy } from "../query.ts";
import { checkExpression, checkOrderBy } from "./check-query.ts";
import { parseFilter } from "./parse-filter.ts";
import { runGrammar } from "./run-grammar.ts";

const loss: Field = { entity: "metric", key: "loss", aggregate: "min" };
const compare = (
  field: Field,
  operator: Comparison["operator"],
  value?: Comparison["value"],
): Comparison => ({
  kind: "comparison",
  field,
  operator,
  value,
});

describe("a query that came as a tree", () => {
  it.each([
    "metrics.loss < 1 AND NOT (params.lr IS NULL OR tags.x LIKE 'a%')",
    "run_id IN ('a', 'b') AND dataset.context NOT IN ('train')",
    "min(metrics.loss) >= -3 AND start_time > 5 AND status MATCHES '^F'",
  ])("is let through when it could have been written: %s", (filter) => {
    const tree = parseFilter(filter, runGrammar);
    expect(tree && checkExpression(tree, runGrammar)).toBe(tree);
  });

  it.each([
    [
      "a field that is none",
      compare({ entity: "attribute", key: "nonsense" }, "=", "x"),
      "Invalid attribute key",
    ],
    [
      "another name of a field",
      compare({ entity: "attribute", key: "created" }, "=", 5),
      "is called 'start_time'",
    ],
    [
      "a name that every object has",
      compare({ entity: "attribute", key: "constructor" }, "=", "x"),
      "Invalid attr",
    ],
    ["an operator of another kind", compare(loss, "LIKE", "1%"), "Invalid comparator 'LIKE'"],
    ["the absence of a metric", compare(loss, "IS NULL"), "only supported for tags and params"],
    ["a text for a number", compare(loss, "<", "1"), 'compared with "1"; allowed is a number'],
    ["a number for a text", compare({ entity: "param", key: "lr" }, "=", 1), "allowed is a string"],
    ["no value", compare({ entity: "tag", key: "a" }, "="), "compared with nothing"],
    ["one value for a list", compare({ entity: "attribute", key: "run_id" }, "IN", "a"), "a list of strings"],
    ["a list of statuses", compare({ entity: "attribute", key: "status" }, "IN", ["a"]), "Only ['run_id']"],
  ])("is refused with %s, however deep", (_, comparison, message) => {
    const tree = { kind: "or", operands: [{ kind: "not", operand: comparison }] } as const;
    expect(() => checkExpression(tree, runGrammar)).toThrow(
      expect.objectContaining({ code: "invalid_argument", message: expect.stringContaining(message) }),
    );
  });
});

it("a query of nothing is none", () => {
  expect(() => checkExpression({ kind: "and", operands: [] }, runGrammar)).toThrow("and of nothing");
});

it("an order that came as a tree is one of the listing's", () => {
  const order: OrderBy = { field: loss, ascending: true };
  expect(checkOrderBy(order, runGrammar)).toBe(order);
  const byDataset: OrderBy = { field: { entity: "dataset", key: "name" }, ascending: true };
  expect(() => checkOrderBy(byDataset, runGrammar)).toThrow("Invalid order_by entity: dataset");
});
