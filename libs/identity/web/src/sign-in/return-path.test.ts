import { expect, test } from "vitest";
import { readReturnPath } from "./return-path.ts";

test.each(["/", "/experiments/1?view=table#x", "/runs/a%2Fb", "/sql?q=https://example.org"])(
  "%s is a place of this site",
  (path) => {
    expect(readReturnPath(path)).toBe(path);
  },
);

test.each([
  undefined,
  "",
  "experiments",
  "https://evil.example/",
  "//evil.example/",
  "/\\evil.example",
  "\\/evil.example",
  "/\t/evil.example",
  "/.//evil.example",
  "/x/..//evil.example",
  "javascript:alert(1)",
  " //evil.example",
  "/sign-in?return=/sign-in",
])("%j is none, and leads to the start", (path) => {
  expect(readReturnPath(path)).toBe("/");
});
