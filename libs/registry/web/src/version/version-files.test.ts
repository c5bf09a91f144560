import { expect, test } from "vitest";
import { filePath, versionFiles } from "./version-files.ts";

const run = { runId: "0af7", modelId: undefined };

test("a version of a logged model has that model's files", () => {
  expect(versionFiles({ runId: "0af7", modelId: "m-1" }, "mlflow-artifacts:/1/models/m-1/artifacts")).toEqual(
    {
      owner: { kind: "model", modelId: "m-1" },
      folder: "",
    },
  );
});

test("older clients name a folder of a run, in one of two ways", () => {
  const expected = { owner: { kind: "run", runId: "0af7" }, folder: "model" };
  expect(versionFiles(run, "runs:/0af7/model")).toEqual(expected);
  expect(versionFiles(run, "mlflow-artifacts:/1/0af7/artifacts/model/")).toEqual(expected);
  expect(versionFiles(run, "s3://bucket/1/0af7/artifacts")).toEqual({ ...expected, folder: "" });
});

test("what lies elsewhere is not looked for among a run's files", () => {
  expect(versionFiles(run, "s3://bucket/other/model")).toBeUndefined();
  expect(versionFiles(run, "s3://bucket/0af7/artifacts-of-old/model")).toBeUndefined();
  expect(versionFiles({ runId: undefined, modelId: undefined }, "/srv/model")).toBeUndefined();
});

test("a file's path begins at its owner's root", () => {
  const owner = { kind: "run", runId: "0af7" } as const;
  expect(filePath({ owner, folder: "model" }, "MLmodel")).toBe("model/MLmodel");
  expect(filePath({ owner, folder: "" }, "MLmodel")).toBe("MLmodel");
});
