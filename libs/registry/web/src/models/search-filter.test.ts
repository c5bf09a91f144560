import { expect, test } from "vitest";
import { searchFilter } from "./search-filter.ts";

test("words are a part of the name", () => {
  expect(searchFilter("  fraud gbm ")).toBe("name ILIKE '%fraud gbm%'");
  expect(searchFilter("bob's")).toBe(`name ILIKE "%bob's%"`);
  expect(searchFilter(`'"`)).toBe(`name ILIKE "%'_%"`);
  expect(searchFilter("   ")).toBeUndefined();
});

test("what compares is a filter, and goes as it is", () => {
  for (const filter of ["name = 'a'", "tags.team LIKE 'vis%'", "name IN ('a', 'b')", 'name ilike "%x"'])
    expect(searchFilter(filter)).toBe(filter);
});

test("names that only look like the grammar's words are names", () => {
  expect(searchFilter("likelihood")).toBe("name ILIKE '%likelihood%'");
  expect(searchFilter("in-store")).toBe("name ILIKE '%in-store%'");
});
