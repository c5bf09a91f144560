import { expect, test } from "vitest";
import type { VersionFacts } from "../facts/version-facts.ts";
import { checkReproducible } from "./check-reproducible.ts";

const whole: VersionFacts = {
  model: "m",
  version: 2,
  source: "runs:/r/model",
  runId: "r",
  runName: undefined,
  evaluationRunIds: [],
  metrics: [],
  params: { lr: "0.1", "model.random_state": "7" },
  signature: undefined,
  flavors: [],
  tags: {},
  datasets: [{ name: "tx", digest: "d", context: "training", rows: 1, columns: [], profiles: [] }],
  environment: { python: "3.11.2", image: undefined, packages: { numpy: "2.1.0" } },
  code: { repository: "r", branch: "main", commit: "abc", isDirty: false, entryPoint: "train.py" },
  files: [],
  filesCut: false,
  card: "",
};
const code = { repository: "r", branch: "main", commit: "abc", isDirty: false, entryPoint: "train.py" };
const packages = (numpy: string) => ({ python: "3.11.2", image: undefined, packages: { numpy } });
const image = (name: string) => ({ python: undefined, image: name, packages: {} });

test.each<[string, Partial<VersionFacts>, string, readonly string[]]>([
  ["all is recorded", {}, "success", []],
  ["no code is known", { code: undefined }, "failure", ["code:commit"]],
  ["code was not committed", { code: { ...code, isDirty: true } }, "failure", ["code:changes"]],
  [
    "nobody said whether code was committed",
    { code: { ...code, isDirty: undefined } },
    "failure",
    ["code:changes"],
  ],
  ["no data is known", { datasets: [] }, "failure", ["data:*"]],
  [
    "a range of versions is no pin",
    { environment: packages(">=2") },
    "failure",
    ["environment:package.numpy"],
  ],
  ["nor is a wildcard", { environment: packages("2.*") }, "failure", ["environment:package.numpy"]],
  ["a commit is one", { environment: packages(`@ git+https://h/n@${"a".repeat(40)}`) }, "success", []],
  ["an image by its digest is", { environment: image(`img@sha256:${"a".repeat(64)}`) }, "success", []],
  [
    "an image by its tag is none",
    { environment: image("img:latest") },
    "failure",
    ["environment:python", "environment:*"],
  ],
  ["no parameters are known", { params: {} }, "failure", ["params:*"]],
  ["a seed of none is none", { params: { random_state: "None" } }, "neutral", ["params:*"]],
])("%s", (_what, more, conclusion, anchors) => {
  const outcome = checkReproducible({ candidate: { ...whole, ...more } });
  expect(outcome.conclusion).toBe(conclusion);
  expect(outcome.annotations.map(({ anchor }) => anchor)).toEqual(anchors);
});
