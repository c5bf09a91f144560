import { expect, test } from "vitest";
import { parseMetricKey } from "../facts/metric-name.ts";
import { parseMlmodel } from "../facts/parse-mlmodel.ts";
import { parseRequirements } from "../facts/parse-requirements.ts";
import type { Signature, SignatureField } from "../facts/signature.ts";
import { summarise, welchP } from "./compare-means.ts";
import { diffArtifacts } from "./diff-artifacts.ts";
import { diffData } from "./diff-data.ts";
import { diffLines } from "./diff-lines.ts";
import { diffMetrics } from "./diff-metrics.ts";
import { diffParams } from "./diff-params.ts";
import { diffSignature } from "./diff-signature.ts";
import { directionOf } from "./metric-direction.ts";

const field = (path: string, type = "double", isRequired = true): SignatureField => ({
  path,
  type,
  isRequired,
});
const signature = (
  inputs: readonly SignatureField[],
  outputs = [field("y")],
  params: readonly SignatureField[] = [],
) => ({ inputs, outputs, params }) satisfies Signature;

test.each<[string, Signature | undefined, Signature | undefined, string]>([
  ["nothing changes", signature([field("a")]), signature([field("a")]), "identical"],
  [
    "the order of inputs",
    signature([field("a"), field("b")]),
    signature([field("b"), field("a")]),
    "identical",
  ],
  ["an input removed", signature([field("a"), field("b")]), signature([field("a")]), "compatible"],
  ["an input made optional", signature([field("a")]), signature([field("a", "double", false)]), "compatible"],
  ["a new optional input", signature([]), signature([field("a", "double", false)]), "compatible"],
  ["a new required input", signature([]), signature([field("a")]), "breaking"],
  ["an input made required", signature([field("a", "double", false)]), signature([field("a")]), "breaking"],
  ["int to long", signature([field("a", "integer")]), signature([field("a", "long")]), "compatible"],
  ["float to double", signature([field("a", "float")]), signature([field("a", "double")]), "compatible"],
  ["long to int", signature([field("a", "long")]), signature([field("a", "integer")]), "breaking"],
  [
    "wider but required now",
    signature([field("a", "float", false)]),
    signature([field("a", "double")]),
    "breaking",
  ],
  [
    "another rank",
    signature([field("a", "tensor(f)[-1,2]")]),
    signature([field("a", "tensor(f)[-1,2,3]")]),
    "breaking",
  ],
  ["an output renamed", signature([]), signature([], [field("z")]), "breaking"],
  ["an output of wider type", signature([], [field("y", "float")]), signature([], [field("y")]), "breaking"],
  ["an output more", signature([]), signature([], [field("y"), field("z")]), "compatible"],
  ["a parameter more", signature([]), signature([], [field("y")], [field("k")]), "compatible"],
  ["a parameter less", signature([], [field("y")], [field("k")]), signature([]), "breaking"],
  ["no signature any more", signature([]), undefined, "breaking"],
  ["a signature at last", undefined, signature([]), "compatible"],
  ["none ever", undefined, undefined, "identical"],
])("%s", (_what, before, after, expected) => {
  expect(diffSignature(before, after).class).toBe(expected);
});

test("a signature is read from MLmodel, nested types laid flat", () => {
  const inputs = JSON.stringify([
    { type: "double", name: "x", required: true },
    { type: "object", name: "o", properties: { s: { type: "string", required: false } } },
    { type: "array", items: { type: "long" }, name: "l", required: false },
  ]);
  const outputs = JSON.stringify([{ type: "tensor", "tensor-spec": { dtype: "float32", shape: [-1, 3] } }]);
  const parsed = parseMlmodel(
    `flavors:\n  python_function:\n    python_version: 3.11.4\n  sklearn: {}\nsignature:\n  inputs: '${inputs}'\n  outputs: '${outputs}'\n  params: null\n`,
  );
  expect(parsed).toMatchObject({ flavors: ["python_function", "sklearn"], python: "3.11.4" });
  expect(parsed?.signature).toEqual({
    inputs: [
      field("x"),
      field("o", "object"),
      field("o.s", "string", false),
      field("l", "array", false),
      field("l[]", "long"),
    ],
    outputs: [field("[0]", "tensor(float32)[-1,3]")],
    params: [],
  });
  expect(parseMlmodel("flavors: [")).toBeUndefined();
  expect(parseMlmodel("signature: {inputs: 'no json'}")?.signature).toBeUndefined();
});

test.each([
  ["auc", "up"],
  ["val/loss", "down"],
  ["recall@1%fpr", "up"],
  ["latency_p99", "down"],
  ["whatever", undefined],
])("more of %s is %s", (name, direction) => {
  expect(directionOf(name)).toBe(direction);
});

test("metrics are judged by direction, and by their spread where there is one", () => {
  const fact = (name: string, ...values: number[]) => ({ name, slice: {}, values });
  const rows = diffMetrics(
    [fact("auc", 0.9, 0.91, 0.9), fact("loss", 0.5), fact("f1", 0.5, 0.9), fact("odd", 1), fact("gone", 1)],
    [
      fact("auc", 0.95, 0.951, 0.949),
      fact("loss", 0.6),
      fact("f1", 0.6, 0.9),
      fact("odd", 2),
      fact("new", 1),
    ],
    { odd: "down" },
  );
  expect(rows.map(({ label, verdict }) => [label, verdict])).toEqual([
    ["auc", "better"],
    ["f1", "within_noise"],
    ["gone", "removed"],
    ["loss", "worse"],
    ["new", "added"],
    ["odd", "worse"],
  ]);
  expect(rows[0]?.p).toBeLessThan(0.01);
  expect(rows[3]?.delta).toBeCloseTo(0.1);
});

test("the chance of a difference is Welch's", () => {
  // scipy.stats.ttest_ind([1, 2, 3, 4], [2, 4, 6, 9], equal_var=False)
  const p = welchP(summarise([1, 2, 3, 4]), summarise([2, 4, 6, 9]));
  expect(p).toBeCloseTo(0.1666, 2);
  expect(welchP(summarise([1]), summarise([2]))).toBeUndefined();
  expect(welchP(summarise([1, 1]), summarise([1, 1]))).toBe(1);
  expect(summarise([0.1, 0.1, 0.1]), "equal values have no noise, nor another mean").toEqual({
    mean: 0.1,
    spread: 0,
    count: 3,
  });
});

test("nested parameters are laid flat, in JSON and as Python prints them", () => {
  const rows = diffParams(
    { config: '{"opt": {"lr": 0.1, "betas": [0.9, 0.99]}}', same: "1", gone: "x" },
    { config: "{'opt': {'lr': 0.2, 'betas': [0.9, 0.99], 'on': True}}", same: "1", broken: "{not json" },
  );
  expect(rows.filter(({ change }) => change !== "same")).toMatchObject([
    { anchor: "params:broken", change: "added", after: "{not json" },
    { anchor: "params:config.opt.lr", change: "changed", before: "0.1", after: "0.2" },
    { anchor: "params:config.opt.on", change: "added" },
    { anchor: "params:gone", change: "removed" },
  ]);
});

test("datasets say their rows, and the columns that differ", () => {
  const data = (digest: string, rows: number, columns: string[]) => ({
    name: "tx",
    digest,
    context: "training",
    rows,
    columns: columns.map((name) => ({ name, type: "double" })),
    profiles: [],
  });
  expect(diffData([data("a", 100, ["x", "y"])], [data("b", 150, ["x", "z"])])).toMatchObject([
    { anchor: "data:tx (training)", change: "changed", note: expect.stringContaining("+50 rows (+50.0 %)") },
    { anchor: "data:tx (training).y", change: "removed" },
    { anchor: "data:tx (training).z", change: "added" },
  ]);
});

test("files that run code when they are loaded are named", () => {
  const rows = diffArtifacts(
    [],
    [
      { path: "model.pkl", bytes: 3 },
      { path: "model.onnx", bytes: 4 },
    ],
  );
  expect(rows.map(({ label, risk }) => [label, risk === undefined])).toEqual([
    ["model.onnx", true],
    ["model.pkl", false],
  ]);
});

test("lines keep their anchors when others are put in above", () => {
  const anchorOf = (rows: ReturnType<typeof diffLines>, text: string) =>
    rows.find(({ after }) => after === text)?.anchor;
  const one = diffLines("a\nb\nc", "a\nx\nc");
  expect(one.map(({ before, after, change }) => [before, after, change])).toEqual([
    ["a", "a", "same"],
    ["b", undefined, "removed"],
    [undefined, "x", "added"],
    ["c", "c", "same"],
  ]);
  const two = diffLines("a\nb\nc", "first\na\nx\nc");
  expect(anchorOf(two, "x")).toBe(anchorOf(one, "x"));
  expect(new Set(diffLines("", "a\na\na").map(({ anchor }) => anchor)).size).toBe(3);
});

test("requirements are read by package", () => {
  expect(parseRequirements("NumPy==1.2 # why\n-r other\nscikit_learn[x]>=1\n\npandas\n")).toEqual({
    numpy: "1.2",
    "scikit-learn": "[x]>=1",
    pandas: "any",
  });
});

test.each([
  ["auc", "auc", {}],
  ["slice/country:BR/auc", "auc", { country: "BR" }],
  ["slice/country:BR/device:ios/val/auc", "val/auc", { country: "BR", device: "ios" }],
  ["slice(country=BR).auc", "auc", { country: "BR" }],
  ["slice/auc", "slice/auc", {}],
])("%s is %s of a slice", (key, name, slice) => {
  expect(parseMetricKey(key)).toEqual({ name, slice });
});
