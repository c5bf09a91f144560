import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "./compose-file.ts";
import { type LockFile, neededPackages } from "./needed-packages.ts";

const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as LockFile;

test("the API needs what it and its libraries import, and no optional peer of theirs", () => {
  const needed = neededPackages(lock, "apps/api");
  const names = ["better-auth", "fastify", "kafkajs", "pg", "@node-rs/crc32", "@trpc/server"];
  expect(names.filter((name) => !needed.has(`node_modules/${name}`))).toEqual([]);
  expect(needed).toContain("libs/identity/sign-in");
  for (const name of ["next", "vitest", "vite", "playwright-core"])
    expect(needed).not.toContain(`node_modules/${name}`);
});

test("a workspace that imports what is another's optional peer has it", () => {
  expect(neededPackages(lock, "apps/shell")).toContain("node_modules/next");
});

test("a package is looked for where Node would, and optional dependencies and required peers count", () => {
  const packages: LockFile["packages"] = {
    "apps/one": { dependencies: { a: "1" } },
    "node_modules/a": {
      dependencies: { b: "2" },
      optionalDependencies: { native: "1", "other-platform": "1" },
      peerDependencies: { c: "*", d: "*" },
      peerDependenciesMeta: { d: { optional: true } },
    },
    "node_modules/a/node_modules/b": { dependencies: { e: "1" } },
    "node_modules/b": {},
    "node_modules/c": {},
    "node_modules/d": {},
    "node_modules/e": { link: true, resolved: "libs/e" },
    "libs/e": { dependencies: { f: "1" } },
    "libs/e/node_modules/f": {},
    "node_modules/native": {},
  };
  expect([...neededPackages({ packages }, "apps/one")].sort()).toEqual([
    "apps/one",
    "libs/e",
    "libs/e/node_modules/f",
    "node_modules/a",
    "node_modules/a/node_modules/b",
    "node_modules/c",
    "node_modules/e",
    "node_modules/native",
  ]);
  expect(() => neededPackages({ packages }, "apps/two")).toThrow("apps/two");
});
