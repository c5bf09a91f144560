import { expect, test } from "vitest";
import type { Comparison, Expression, Field, Operator } from "../query.ts";
import { isForSnapshot } from "./is-for-snapshot.ts";

const param: Field = { entity: "param", key: "lr" };
const loss: Field = { entity: "metric", key: "loss", aggregate: "last" };
const mean: Field = { entity: "metric", key: "loss", aggregate: "mean" };
const compare = (operator: Operator, value: Comparison["value"], field: Field = param): Comparison => ({
  kind: "comparison",
  field,
  operator,
  value,
});
const asked = (where?: Expression) => isForSnapshot({ where, viewType: "ACTIVE_ONLY" });

test.each<[string, Expression]>([
  ["numbers", compare("!=", Number.NaN, loss)],
  ["texts", compare("=", "it's")],
  ["patterns", compare("LIKE", "100\\%")],
  ["an escaped backslash at the end", compare("LIKE", "a\\\\")],
  ["lists", compare("IN", ["a", "b"], { entity: "dataset", key: "name" })],
  ["missing values", { kind: "comparison", field: param, operator: "IS NULL" }],
])("snapshots are asked for %s", (_, where) => {
  expect(asked(where)).toBe(true);
  expect(asked({ kind: "not", operand: { kind: "or", operands: [where, where] } })).toBe(true);
});

test.each<[string, Expression]>([
  ["means", compare(">", 1, mean)],
  ["regular expressions", compare("MATCHES", "a")],
  ["ILIKE", compare("ILIKE", "a")],
  ["a pattern that ends within an escape", compare("LIKE", "a\\\\\\")],
  ["NUL in a value", compare("=", "a\0")],
  ["NUL in a list", compare("IN", ["a", "\0"])],
  ["NUL in a name", compare("=", "a", { entity: "tag", key: "\0" })],
  ["half a character", compare("=", "\ud83d")],
  ["stages", compare("=", "active", { entity: "attribute", key: "lifecycle_stage" })],
])("snapshots are not asked for %s, wherever it stands", (_, where) => {
  expect(asked(where)).toBe(false);
  expect(asked({ kind: "and", operands: [compare("=", "a"), { kind: "not", operand: where }] })).toBe(false);
});

test("orders, columns and stages count too", () => {
  const viewType = "ACTIVE_ONLY";
  expect(isForSnapshot({ orderBy: [{ field: loss, ascending: true }], columns: [param], viewType })).toBe(
    true,
  );
  expect(isForSnapshot({ orderBy: [{ field: mean, ascending: true }], viewType })).toBe(false);
  expect(isForSnapshot({ columns: [loss, mean], viewType })).toBe(false);
  expect(isForSnapshot({ viewType: "ALL" })).toBe(false);
  expect(isForSnapshot({ viewType: "DELETED_ONLY" })).toBe(false);
});
