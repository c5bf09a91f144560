import { expect, it } from "vitest";
import { whereInput } from "./query-input.ts";

const comparison = {
  kind: "comparison",
  field: { entity: "metric", key: "auc", aggregate: "max" },
  operator: ">",
  value: 0.9,
};

it("passes a query tree through as it is", () => {
  const tree = {
    kind: "or",
    operands: [
      comparison,
      { kind: "not", operand: { ...comparison, operator: "IS NULL", value: undefined } },
    ],
  };
  expect(whereInput.parse(tree)).toEqual(tree);
});

it("refuses unknown operators, aggregates and entities", () => {
  expect(whereInput.safeParse({ ...comparison, operator: "; DROP" }).success).toBe(false);
  expect(whereInput.safeParse({ ...comparison, field: { entity: "metric", key: "a" } }).success).toBe(false);
  expect(whereInput.safeParse({ ...comparison, field: { entity: "user", key: "a" } }).success).toBe(false);
});

it("refuses trees too deep or too wide before walking them", () => {
  let deep: unknown = comparison;
  for (let i = 0; i < 10_000; i += 1) deep = { kind: "not", operand: deep };
  const refused = whereInput.safeParse(deep);
  expect(refused.error?.issues[0]?.message).toContain("at most 200 comparisons");
  const wide = { kind: "and", operands: Array.from({ length: 1_000 }, () => comparison) };
  expect(whereInput.safeParse(wide).success).toBe(false);
});
