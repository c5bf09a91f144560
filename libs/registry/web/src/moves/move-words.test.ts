import { expect, test } from "vitest";
import { describeModels, describeMove } from "./move-words.ts";

const models = {};
const champion = { kind: "alias", alias: "champion" } as const;
const production = { kind: "stage", stage: "Production" } as const;

test.each([
  [{ models, version: { kind: "latest" }, target: champion }, "@champion to the latest version"],
  [{ models, version: { kind: "none" }, target: champion }, "Take off @champion"],
  [{ models, version: production, target: champion }, "@champion to the newest version in Production"],
  [{ models, version: champion, target: production }, "The version of @champion to Production"],
] as const)("%j is told in a line", (request, words) => expect(describeMove(request)).toBe(words));

test("models are told by what narrows them", () => {
  expect(describeModels({})).toBe("All models");
  expect(describeModels({ text: "fraud", stage: "Staging" })).toBe(
    "Models named like “fraud”, with a version in Staging",
  );
});
