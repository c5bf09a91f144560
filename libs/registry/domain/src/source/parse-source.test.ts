import { expect, test } from "vitest";
import { parseSource } from "./parse-source.ts";

test.each([
  ["mlflow-artifacts:/models"],
  ["mlflow-artifacts:/models/"],
  ["mlflow-artifacts:/models/foo///bar"],
  ["mlflow-artifacts://host:9000/models/artifact/..../"],
  ["s3://bucket/key"],
  ["S3://bucket/a.b/..c"],
  ["http://host/path?version=1"],
  ["runs:/run_id/model"],
  ["dbfs:/100%/model"],
])("%s is reached by its scheme", (source) => {
  expect(parseSource(source)).toEqual({ kind: "remote" });
});

test.each([
  ["mlflow-artifacts://host:9000/models/../../../"],
  ["http://host:9000/models/../x"],
  ["https://host/a?x=/../y"],
  ["s3://bucket/./a"],
  ["s3://bucket"],
  ["s3:relative/path"],
  ["dbfs:/a%3f/../../x"],
  ["mlflow-artifacts://host/models/..%2f..%2fartifacts"],
  ["mlflow-artifacts://host/models/%252e%252e/x"],
  ["mlflow-artifacts://host/models/..%5c..%5cx"],
  ["mlflow-artifacts://host/models/a%00"],
  ["mlflow-artifacts://host/models/a%2500"],
  ["runs:/run/../../x"],
  ["models:/name/.."],
])("%s is no plain path", (source) => {
  expect(() => parseSource(source)).toThrow(
    `Invalid model version source: '${source}'. If supplying a source as an http, https,`,
  );
});

test.each([
  ["/a/b", "/a/b"],
  ["/a//b/./c/../d/", "/a/b/d"],
  ["/", "/"],
  ["file:/a/b", "/a/b"],
  ["file:///a/b%20c", "/a/b c"],
  ["FILE://LOCALHOST/a", "/a"],
  ["file:///100%/b", "/100%/b"],
  ["file:///a/%2e%2e/%2e%2e/b", "/b"],
  ["a/b", undefined],
  ["file:a/b", undefined],
  ["file:///a%00b", undefined],
  ["c:/windows", undefined],
])("%s is the path %s of this machine", (source, path) => {
  expect(parseSource(source)).toEqual({ kind: "local", path });
});

test("a file on another machine is nothing the server can reach", () => {
  expect(() => parseSource("file://123.456.789.123/path")).toThrow(
    "file://123.456.789.123/path is not a valid remote uri.",
  );
});

test.each([
  ["models:/m-1", { kind: "logged-model", modelId: "m-1" }],
  ["models:/a b/3", { kind: "version", name: "a b", of: { version: "3" } }],
  ["models:/a/Production", { kind: "version", name: "a", of: { stage: "Production" } }],
  ["models:/a/LATEST", { kind: "version", name: "a", of: { alias: "latest" } }],
  ["models:/a@b@champion", { kind: "version", name: "a@b", of: { alias: "champion" } }],
])("%s is a model of ours", (source, parsed) => {
  expect(parseSource(source)).toEqual(parsed);
});

test.each([["models://elsewhere/a/1"], ["models:/a/1/b"], ["models:/a@"], ["models:/@b"], ["models:/ /1"]])(
  "%s is no model's name",
  (source) => {
    expect(() => parseSource(source)).toThrow("must identify the resource that contains the source");
  },
);
