import { globSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");

interface LockedPackage {
  readonly version?: string;
  readonly integrity?: string;
  readonly link?: true;
  readonly hasInstallScript?: true;
}
const lock = JSON.parse(read("package-lock.json")) as { packages: Readonly<Record<string, LockedPackage>> };
const installed = Object.entries(lock.packages).filter(([path]) => path.includes("node_modules/"));
const nameOf = (path: string) => path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);

test("every vulnerability of the list is named by a test where the list says", () => {
  const rows = read("apps/api/docs/past-vulnerabilities.md")
    .split("\n")
    .filter((line) => /(CVE|GHSA)-/.test(line))
    .map((line) => line.split("|").map((cell) => cell.trim()));
  const missing = rows.flatMap(([, , , ids = "", file = ""]) =>
    ids.split(", ").filter((id) => !read(file).includes(id)),
  );
  expect(missing).toEqual([]);
  expect(rows.flatMap(([, , , ids = ""]) => ids.split(", ")).length).toBeGreaterThan(60);
});

test("GHSA-w62p-hx95-gf2c: what is installed is what was looked at, and runs nothing that was not named", () => {
  const { allowScripts } = JSON.parse(read("package.json")) as { allowScripts: Record<string, boolean> };
  const taken = /^(duckdb|@duckdb\/(node-api|node-bindings.*))@1\.3\.3$|^@duckdb\/duckdb-wasm@1\.29\.2$/;
  for (const [path, { version, integrity, link, hasInstallScript }] of installed) {
    if (link) continue;
    const name = nameOf(path);
    expect([name, integrity?.startsWith("sha512-")]).toEqual([name, true]);
    expect(`${name}@${version}`).not.toMatch(taken);
    if (hasInstallScript) expect([name, Object.hasOwn(allowScripts, name)]).toEqual([name, true]);
  }
  const manifests = globSync(["package.json", "{apps,tools,e2e}/*/package.json", "libs/*/*/package.json"], {
    cwd: root,
  });
  expect(manifests.length).toBeGreaterThan(50);
  for (const path of manifests) {
    const { dependencies = {}, devDependencies = {} } = JSON.parse(read(path)) as Record<
      string,
      Record<string, string>
    >;
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies }))
      expect([path, name, version]).toEqual([
        path,
        name,
        expect.stringMatching(/^(\*|(npm:@?[\w./-]+@)?\d+\.\d+\.\d+\S*)$/),
      ]);
  }
});

test.each([
  ["CVE-2026-33806, CVE-2026-3419, CVE-2026-25223, CVE-2026-25224", "fastify", [5, 8, 5]],
  ["CVE-2025-55182, CVE-2025-29927", "next", [16, 0, 7]],
  ["CVE-2025-55182", "react-dom", [19, 2, 1]],
] as const)("%s: %s is one that they were mended in", (_ids, name, least) => {
  const versions = installed.filter(([path]) => nameOf(path) === name).map(([, { version = "" }]) => version);
  expect(versions.length).toBeGreaterThan(0);
  for (const version of versions) {
    const parts = version.split(".").map(Number);
    const place = least.findIndex((part, index) => parts[index] !== part);
    expect([name, version, place === -1 || (parts[place] ?? 0) > (least[place] ?? 0)]).toEqual([
      name,
      version,
      true,
    ]);
  }
});

test("CVE-2022-0736: every folder in the common temporary one has a name that nobody guesses", () => {
  const sources = globSync(["apps/*/src/**/*.ts", "libs/*/*/src/**/*.ts"], { cwd: root }).filter(
    (path) => !/\.test\.ts$/.test(path),
  );
  expect(sources.length).toBeGreaterThan(500);
  const found = sources.flatMap((path) =>
    read(path)
      .split("\n")
      .filter((line) => line.includes("tmpdir()") && !line.includes("mkdtemp(join(tmpdir(),"))
      .map((line) => `${path}: ${line.trim()}`),
  );
  expect(found).toEqual([]);
});
