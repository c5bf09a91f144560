import { expect, test } from "vitest";
import { chooseFormat } from "./choose-format.ts";

test.each([
  [undefined, "json"],
  ["*/*", "json"],
  ["text/csv", "csv"],
  ["TEXT/CSV; charset=utf-8", "csv"],
  ["text/*", "csv"],
  ["application/*", "json"],
  ["application/vnd.apache.arrow.stream", "arrow"],
  ["application/vnd.apache.parquet, application/json;q=0.9", "parquet"],
  ["application/json;q=0.1, text/csv;q=0.2", "csv"],
  ["application/json;q=0, */*", "arrow"],
  ["text/html,application/xhtml+xml,*/*;q=0.8", "json"],
])("Accept %s is answered with %s", (accept, format) => {
  expect(chooseFormat(accept)).toBe(format);
});

test.each(["text/html", "", "application/json;q=0", "application/json;q=often", "image/*"])(
  "Accept '%s' cannot be answered",
  (accept) => {
    expect(() => chooseFormat(accept)).toThrow(
      expect.objectContaining({ field: "Accept", reason: "not_acceptable" }),
    );
  },
);
