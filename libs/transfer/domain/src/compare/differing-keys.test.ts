import { expect, test } from "vitest";
import { differingKeys } from "./differing-keys.ts";

test("names what is missing and what has another value, and not what is only here", () => {
  const exported = [
    { key: "lr", value: "0.1" },
    { key: "seed", value: "1" },
    { key: "empty", value: "" },
  ];
  const here = [
    { key: "seed", value: "2" },
    { key: "lr", value: "0.1" },
    { key: "later", value: "x" },
  ];
  expect(differingKeys(exported, here)).toEqual(["seed", "empty"]);
  expect(differingKeys([], here)).toEqual([]);
});
