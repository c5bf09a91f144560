import { expect, it } from "vitest";
import { readModelFile } from "./read-model-file.ts";

const file = `
flavors:
  python_function:
    loader_module: mlflow.sklearn
    python_version: 3.12.1
  sklearn:
    sklearn_version: 1.7.2
mlflow_version: 3.5.0
model_size_bytes: 1234
signature:
  inputs: '[{"type": "double", "name": "height", "required": true}, {"type": "array", "items": {"type": "string"}, "name": "words", "required": false}]'
  outputs: '[{"type": "tensor", "tensor-spec": {"dtype": "int64", "shape": [-1]}}]'
  params: '[{"name": "temperature", "type": "float", "default": 0.5, "shape": null}]'
utc_time_created: '2026-11-24 10:00:00.000000'
`;

it("reads flavors and the signature, tensors, lists and parameters included", () => {
  expect(readModelFile(file)).toEqual({
    flavors: [
      { name: "python_function", version: undefined },
      { name: "sklearn", version: "1.7.2" },
    ],
    inputs: [
      { name: "height", type: "double", required: true },
      { name: "words", type: "array of string", required: false },
    ],
    outputs: [{ name: undefined, type: "int64 [-1]", required: true }],
    params: [{ name: "temperature", type: "float", required: true, default: "0.5" }],
    mlflowVersion: "3.5.0",
    created: "2026-11-24 10:00:00.000000",
    sizeBytes: 1234,
    python: "3.12.1",
  });
});

it("does not take other files for a model, and survives signatures that are none", () => {
  expect(readModelFile(": : :")).toBeUndefined();
  expect(readModelFile("a: 1")).toBeUndefined();
  expect(readModelFile("flavors: {sklearn: {}}\nsignature: {inputs: 'x', outputs: 3}")).toMatchObject({
    inputs: [],
    outputs: [],
  });
});
