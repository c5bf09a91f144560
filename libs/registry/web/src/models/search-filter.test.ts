import { expect, test } from "vitest";
import { isFilter } from "./search-filter.ts";

test.each(["name = 'a'", "tags.team LIKE 'vis%'", "name IN ('a', 'b')", 'name ilike "%x"'])(
  "%s compares, and is a filter",
  (text) => expect(isFilter(text)).toBe(true),
);

test.each(["fraud gbm", "bob's", "likelihood", "in-store", ""])("%j is a part of a name", (text) =>
  expect(isFilter(text)).toBe(false),
);
