import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { hashSources } from "./hash-sources.ts";

/** A repository of two zones: `apps/a` stands on `libs/x/used`, which stands on `libs/x/deep`. */
function repository(): { readonly root: string; write(file: string, text: string): void } {
  const root = mkdtempSync(join(tmpdir(), "runweir-hash-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const write = (file: string, text: string) => {
    mkdirSync(join(root, dirname(file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  const manifest = (folder: string, name: string, dependencies: Record<string, string> = {}) =>
    write(`${folder}/package.json`, JSON.stringify({ name, dependencies }));
  write("package.json", JSON.stringify({ name: "root", workspaces: ["apps/*", "libs/*/*"] }));
  write("package-lock.json", "{}");
  write("tsconfig.base.json", "{}");
  manifest("apps/a", "a", { used: "*", react: "1.0.0" });
  manifest("apps/b", "b");
  manifest("libs/x/used", "used", { deep: "*" });
  manifest("libs/x/deep", "deep", { used: "*" });
  write("libs/x/deep/src/page.tsx", "one");
  return { root, write };
}

test.each([
  "apps/a/app/page.tsx",
  "libs/x/used/src/new.ts",
  "libs/x/deep/src/page.tsx",
  "package-lock.json",
  "tsconfig.base.json",
])("a change of %s asks for a new build", (file) => {
  const { root, write } = repository();
  const before = hashSources(root, "apps/a");
  write(file, "changed");
  expect(hashSources(root, "apps/a")).not.toBe(before);
});

test.each([
  "apps/b/app/page.tsx",
  "apps/a/.next/server.js",
  "apps/a/node_modules/x/index.js",
  "libs/x/deep/src/page.test.tsx",
  "libs/x/deep/README.md",
])("a change of %s does not", (file) => {
  const { root, write } = repository();
  const before = hashSources(root, "apps/a");
  write(file, "changed");
  expect(hashSources(root, "apps/a")).toBe(before);
});

test("a renamed file counts, though the texts are the same", () => {
  const { root, write } = repository();
  const before = hashSources(root, "apps/a");
  rmSync(join(root, "libs/x/deep/src/page.tsx"));
  write("libs/x/deep/src/other.tsx", "one");
  expect(hashSources(root, "apps/a")).not.toBe(before);
});

test("the zones of this repository stand on the design system", () => {
  const root = resolve(import.meta.dirname, "../../../..");
  expect(hashSources(root, "apps/shell")).toMatch(/^[0-9a-f]{16}$/);
  expect(hashSources(root, "apps/shell")).not.toBe(hashSources(root, "apps/tracking"));
});
