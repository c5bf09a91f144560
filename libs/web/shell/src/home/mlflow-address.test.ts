import { expect, test } from "vitest";
import { pageOfMlflowAddress } from "./mlflow-address.ts";

test.each([
  ["#/experiments/7/runs/abc", "/runs/abc"],
  ["#/experiments/7/runs/abc/artifacts/model", "/runs/abc"],
  ["#/experiments/7/models/m-1", "/logged-models/m-1"],
  ["#/experiments/7", "/experiments/7"],
  ["#/experiments/7?searchFilter=x", "/experiments/7"],
  ["#/experiments", "/experiments"],
])("%s is %s here", (hash, page) => {
  expect(pageOfMlflowAddress(hash)).toBe(page);
});

test.each(["", "#", "#/", "#/models/x", "#section"])("%j has no page here", (hash) => {
  expect(pageOfMlflowAddress(hash)).toBeUndefined();
});
