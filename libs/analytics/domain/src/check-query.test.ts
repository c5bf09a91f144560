import { expect, test } from "vitest";
import { checkQuery } from "./check-query.ts";
import type { SqlQuery } from "./sql-query.ts";

const query: SqlQuery = { sql: "SELECT 1", format: "json" };

test.each<[string, Record<string, unknown>]>([
  ["sql", { sql: " \n" }],
  ["sql", { sql: "x".repeat(100_001) }],
  ["sql", { sql: "SELECT '\0'" }],
  ["sql", { sql: "SELECT '\ud800'" }],
  ["id", { id: "../x" }],
  ["format", { format: "xlsx" }],
  ["snapshot", { snapshot: -1 }],
  ["snapshot", { snapshot: 1.5 }],
  ["tail", { tail: true, snapshot: 3 }],
  ["params", { params: { "a b": 1 } }],
  ["params", { params: Array.from({ length: 1_001 }, () => 1) }],
  ["params.1", { params: [[[[1]]]] }],
  ["params.1", { params: [Number.NaN] }],
  ["params.a", { params: { a: Number.POSITIVE_INFINITY } }],
  ["params.a", { params: { a: { b: 1 } } }],
  ["params.a", { params: { a: "\0" } }],
  ["params.2", { params: ["x".repeat(3_000_000), ["x".repeat(1_000_001)]] }],
  ["params.1", { params: [Array.from({ length: 100_001 }, () => 1)] }],
])("%s is named when it cannot be: %#", (field, changes) => {
  expect(() => checkQuery({ ...query, ...changes } as SqlQuery)).toThrow(
    expect.objectContaining({ code: "invalid_argument", field }),
  );
});

test("what is right passes", () => {
  checkQuery({ ...query, id: "a-1", snapshot: 0, params: { größe: [1, null, ["x"]], b: true } });
  checkQuery({ ...query, params: [] });
});
