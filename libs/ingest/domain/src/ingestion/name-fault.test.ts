import fc from "fast-check";
import { expect, it } from "vitest";
import { findNameFault } from "./name-fault.ts";

it.each(["a", "val/loss", "a.b-c_d e:f", "größe", "损失", "a".repeat(250), "𐐀".repeat(250), "a/.b", " "])(
  "takes %j",
  (name) => {
    expect(findNameFault(name)).toBeUndefined();
  },
);

it.each([
  ["", { kind: "path", resolvesTo: "." }],
  [".", { kind: "path", resolvesTo: "." }],
  ["a//b", { kind: "path", resolvesTo: "a/b" }],
  ["a/", { kind: "path", resolvesTo: "a" }],
  ["a/../b", { kind: "path", resolvesTo: "b" }],
  ["/a", { kind: "path", resolvesTo: "/a" }],
  ["..a", { kind: "path", resolvesTo: "..a" }],
  ["a$", { kind: "characters" }],
  ["a\0", { kind: "characters" }],
  ["\ud800", { kind: "characters" }],
  ["a".repeat(251), { kind: "length" }],
  ["𐐀".repeat(251), { kind: "length" }],
])("finds the fault of %j", (name, fault) => {
  expect(findNameFault(name)).toEqual(fault);
});

it("does not look through a name of 10 MB", () => {
  expect(findNameFault("$".repeat(10_000_000))).toEqual({ kind: "length" });
});

it("never finds by its short way what the rule itself does not allow", () => {
  const characters = fc.constantFrom(
    "a",
    "Z",
    "0",
    "9",
    ":",
    "_",
    "-",
    " ",
    ".",
    "/",
    "$",
    "ü",
    "@",
    "[",
    "`",
    "{",
  );
  const rule = /^[/\p{L}\p{N}_.\- :]*$/u;
  fc.assert(
    fc.property(fc.array(characters, { maxLength: 8 }), (parts) => {
      const name = parts.join("");
      const segments = name.split("/");
      const isItself = name !== "" && !segments.some((part) => part === "" || part === "." || part === "..");
      const allowed = rule.test(name) && isItself && !name.startsWith("..");
      expect(findNameFault(name) === undefined).toBe(allowed);
    }),
    { numRuns: 5_000 },
  );
});
