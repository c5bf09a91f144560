import { expect, test } from "vitest";
import type { Comparison, Field } from "../query.ts";
import { countPaysFrom, searchPaysFrom, tablePaysFrom } from "./snapshot-pays-from.ts";

const loss: Field = { entity: "metric", key: "loss", aggregate: "last" };
const where: Comparison = { kind: "comparison", field: loss, operator: "<", value: 1 };
const never = Number.POSITIVE_INFINITY;
const by = (field: Field, ascending = true) => [{ field, ascending }];
const started: Field = { entity: "attribute", key: "start_time" };
const columns = (count: number) => Array.from({ length: count }, () => loss);

test.each([
  ["the newest", { orderBy: [], limit: 100 }, never],
  ["the newest, said so", { orderBy: by(started, false), limit: 100 }, never],
  ["the oldest", { orderBy: by(started), limit: 100 }, 20_000],
  ["the newest that fit", { orderBy: [], limit: 100, where }, 50_000],
  ["the best", { orderBy: by(loss), limit: 1_000 }, 20_000],
  ["a page of details", { orderBy: by(loss), limit: 1_001, where }, never],
])("searches: %s", (_, query, runs) => {
  expect(searchPaysFrom(query)).toBe(runs);
});

test("counts need an expression", () => {
  expect(countPaysFrom({})).toBe(never);
  expect(countPaysFrom({ where })).toBe(10_000);
});

test.each([
  ["no columns", { columns: columns(0), limit: 50_000 }, never],
  ["few columns", { columns: columns(4), limit: 50_000 }, 15_000],
  ["many columns", { columns: columns(40), limit: 50_000 }, 1_500],
  ["many columns of few runs", { columns: columns(40), limit: 100 }, never],
  ["many columns of the few that fit", { columns: columns(40), limit: 100, where }, 10_000],
])("tables: %s", (_, request, runs) => {
  expect(tablePaysFrom({ experimentIds: ["1"], ...request } as never)).toBe(runs);
});
