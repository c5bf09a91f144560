import { describe, expect, test } from "vitest";
import { attackPaths, innocentPaths } from "../testing/attack-paths.ts";
import {
  folderOf,
  joinArtifactPath,
  nameOf,
  parseArtifactPath,
  parseLiteralPath,
  rootPath,
} from "./artifact-path.ts";

describe("a client's path", () => {
  test.each(attackPaths.map((path) => [JSON.stringify(path), path]))("%s is refused", (_, path) => {
    expect(() => parseArtifactPath(path)).toThrow(
      expect.objectContaining({ code: "invalid_argument", message: "Invalid path", field: "path" }),
    );
  });

  test.each(innocentPaths)("%j is %j", (raw, normal) => {
    expect(parseArtifactPath(raw)).toBe(normal);
  });

  test.each(innocentPaths)("%j has one spelling, which stays as it is", (raw) => {
    const path = parseArtifactPath(raw);
    expect(parseArtifactPath(path)).toBe(path);
  });

  test.each(attackPaths.map((path) => [JSON.stringify(path), path]))(
    "%s is refused where it keeps its spelling",
    (_, path) => {
      expect(() => parseLiteralPath(path)).toThrow("Invalid path");
    },
  );

  test("a path that others use as it is written keeps its spelling", () => {
    expect(parseLiteralPath("a%20b/./50%25.txt")).toBe("a%20b/50%25.txt");
  });

  test("names and paths too long for any store are refused with the limit", () => {
    expect(parseArtifactPath(`a/${"x".repeat(255)}`)).toHaveLength(257);
    expect(() => parseArtifactPath("ü".repeat(128))).toThrow(/255 bytes/);
    expect(() => parseArtifactPath("abc/".repeat(260))).toThrow(/1000 bytes/);
  });
});

test("paths are joined and taken apart", () => {
  const [a, b] = [parseArtifactPath("a/b"), parseArtifactPath("c")];
  expect(joinArtifactPath(a, b)).toBe("a/b/c");
  expect(joinArtifactPath(rootPath, b)).toBe("c");
  expect(joinArtifactPath(a, rootPath)).toBe("a/b");
  expect([nameOf(a), folderOf(a), nameOf(b), folderOf(b)]).toEqual(["b", "a", "c", ""]);
});
