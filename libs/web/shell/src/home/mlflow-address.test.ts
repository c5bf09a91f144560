import { expect, test } from "vitest";
import { pageOfMlflowAddress } from "./mlflow-address.ts";

test.each([
  ["#/experiments/7/runs/abc", "/runs/abc"],
  ["#/experiments/7/runs/abc/artifacts/model", "/runs/abc"],
  ["#/experiments/7/models/m-1", "/logged-models/m-1"],
  ["#/experiments/7", "/experiments/7"],
  ["#/experiments/7?searchFilter=x", "/experiments/7"],
  ["#/experiments", "/experiments"],
  ["#/models", "/models"],
  ["#/models/fraud%20gbm", "/models/fraud%20gbm"],
  ["#/models/fraud%20gbm/versions/3", "/models/fraud%20gbm/3"],
])("%s is %s here", (hash, page) => {
  expect(pageOfMlflowAddress(hash)).toBe(page);
});

test.each(["", "#", "#/", "#section"])("%j has no page here", (hash) => {
  expect(pageOfMlflowAddress(hash)).toBeUndefined();
});
