import { describe, expect, test } from "vitest";
import { locateArtifacts } from "./artifact-location.ts";

const rules = {
  folders: ["/data/shared", "/tmp/suite/"],
  s3Prefixes: ["s3://models/team-a", "s3://open/"],
};

describe("trusted locations", () => {
  test.each([
    ["mlflow-artifacts:/0/run/artifacts", { kind: "proxied", path: "0/run/artifacts" }],
    ["mlflow-artifacts:/", { kind: "proxied", path: "" }],
    ["mlflow-artifacts://host:9000/0/x", { kind: "proxied", path: "0/x" }],
    ["mlflow-artifacts:/0/a%20b", { kind: "proxied", path: "0/a b" }],
    ["http://localhost:5000/api/2.0/mlflow-artifacts/artifacts/0/x", { kind: "proxied", path: "0/x" }],
    ["https://h/prefix/api/2.0/mlflow-artifacts/artifacts", { kind: "proxied", path: "" }],
    ["s3://models/team-a", { kind: "s3", bucket: "models", path: "team-a" }],
    ["s3://models/team-a/0/x", { kind: "s3", bucket: "models", path: "team-a/0/x" }],
    ["s3://open/a%20b", { kind: "s3", bucket: "open", path: "a%20b" }],
    ["/data/shared/a%20b", { kind: "folder", folder: "/data/shared", path: "a%20b" }],
    ["S3://open/x", { kind: "s3", bucket: "open", path: "x" }],
    ["file:///data/shared/0", { kind: "folder", folder: "/data/shared", path: "0" }],
    ["file:/data/shared", { kind: "folder", folder: "/data/shared", path: "" }],
    ["file://localhost/data/shared/a%20b", { kind: "folder", folder: "/data/shared", path: "a b" }],
    ["/tmp/suite/0/run", { kind: "folder", folder: "/tmp/suite/", path: "0/run" }],
  ])("%s", (uri, location) => {
    expect(locateArtifacts(uri, rules)).toEqual(location);
  });
});

describe("everything else is refused with what is allowed", () => {
  test.each([
    "",
    "my_location",
    "./data/shared",
    "file:data/shared",
    "file:",
    "file://./data/shared",
    "file://evil/data/shared",
    "file://localhost.evil/data/shared",
    "FILE:///etc",
    "/etc/passwd",
    "/",
    "/data/sharedX",
    "/data/shared/../../etc",
    "/data/shared/%2e%2e/%2e%2e/etc",
    "file:///data/shared/%2e%2e/%2e%2e/etc",
    "file:///data/shared/%252e%252e/etc",
    "file:///data/shared/..%5c..%5cetc",
    "file:///data/shared\\..\\etc",
    "file:///data/shared?/../../etc",
    "file:///data/shared#/../../etc",
    "file:///data/shared/\0",
    "mlflow-artifacts:/../x",
    "mlflow-artifacts:/a/%2e%2e/%2e%2e/x",
    "mlflow-artifacts:/a#/../x",
    "mlflow-artifacts:/a?x=/../..",
    "http://169.254.169.254/latest/meta-data",
    "http://host/api/2.0/mlflow-artifacts/artifactsX/0",
    "https://host/api/2.0/mlflow-artifacts/artifacts/../../../x",
    "s3://models",
    "s3://models/team-ab",
    "s3://models/team-a/../team-b",
    "s3://models/team-a/%2e%2e/team-b",
    "s3://openly/x",
    "s3a://open/x",
    "gs://bucket/x",
    "dbfs:/run/artifacts/a?/../../../..",
    "ftp://host/x",
    "://x",
  ])("%j", (uri) => {
    expect(() => locateArtifacts(uri, rules)).toThrow(
      expect.objectContaining({
        code: "invalid_argument",
        reason: "untrusted_location",
        message: expect.stringMatching(
          /mlflow-artifacts:, s3:\/\/models\/team-a, s3:\/\/open\/, \/data\/shared/,
        ),
      }),
    );
  });

  test("no rules trust only our own tree, and allowing the whole disk allows nothing", () => {
    expect(() => locateArtifacts("/data/shared", {})).toThrow(/under no allowed folder/);
    expect(() => locateArtifacts("s3://open/x", {})).toThrow(/no configured s3: prefix/);
    expect(() => locateArtifacts("/etc", { folders: ["/"] })).toThrow(/under no allowed folder/);
  });
});
