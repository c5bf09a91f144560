import { expect, test } from "vitest";
import { readAliases } from "./read-aliases.ts";

test("patterns are read line by line, without blanks and repetitions", () => {
  expect(readAliases(" *@champion \n\nfraud@prod\nchurn, or not@prod\r\n*@champion")).toEqual([
    "*@champion",
    "fraud@prod",
    "churn, or not@prod",
  ]);
  expect(readAliases(" \n ")).toEqual([]);
});
