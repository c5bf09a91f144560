import { inspect } from "node:util";
import { expect, test } from "vitest";
import { parseInstanceKeys } from "./instance-keys.ts";

const bytes = (seed: number) => Buffer.from(Array.from({ length: 32 }, (_, place) => place * 7 + seed));
const key = (seed: number) => bytes(seed).toString("base64");

test("keys are told apart by ids that are not part of them, and give each purpose its own bytes", () => {
  const [first, second, ...others] = parseInstanceKeys(`${key(1)}\n${key(2)}, ${key(3)}\n`, "HERE");
  expect(others).toHaveLength(1);
  expect(first.kid).toMatch(/^[0-9a-f]{12}$/);
  expect(first.kid).not.toBe(second?.kid);
  expect(bytes(1).toString("hex")).not.toContain(first.kid);
  expect(first.derive("sessions")).toEqual(first.derive("sessions"));
  expect(first.derive("sessions")).not.toEqual(first.derive("secret box"));
  expect(first.derive("sessions")).not.toEqual(second?.derive("sessions"));
  expect([first.derive("x").length, first.derive("x", 64).length]).toEqual([32, 64]);
});

test("what is derived stays the same from version to version (computed by another program)", () => {
  const [first] = parseInstanceKeys(key(1), "HERE");
  expect([first.kid, Buffer.from(first.derive("sessions")).toString("hex")]).toEqual([
    "c2f5277abb2d",
    "a4241cf960dedf2dc1cc4294c33ff01dfe1666acb7e1e92874b1bda72efb7ab7",
  ]);
});

test("base64 of addresses is the same key", () => {
  const url = bytes(200).toString("base64url");
  expect(url).toMatch(/[_-]/);
  expect(parseInstanceKeys(url, "HERE")[0].kid).toBe(parseInstanceKeys(key(200), "HERE")[0].kid);
});

test.each([
  ["", "HERE is empty; at least one key of 32 bytes is needed."],
  [bytes(1).subarray(0, 31).toString("base64"), "HERE has 31 bytes; at least 32 are needed."],
  [`${key(1)} correct-horse!`, "Key 2 of HERE is not base64."],
  [`${key(1)} ${"A".repeat(44)}`, "Key 2 of HERE is not random"],
  ["changeme", "HERE has 6 bytes"],
])("a key that is none is refused without repeating it: %s", (text, message) => {
  const parse = () => parseInstanceKeys(text, "HERE");
  expect(parse).toThrow(message);
  expect(parse).toThrow("openssl rand -base64 32");
  if (text !== "") expect(parse).not.toThrow(text);
});

test("printing keys shows none of their bytes", () => {
  const printed = inspect(parseInstanceKeys(key(1), "HERE"), { depth: 9, showHidden: true });
  expect(printed).not.toContain(key(1));
  expect(printed).not.toContain(bytes(1).toString("hex").slice(0, 8));
});
