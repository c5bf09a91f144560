import { execFileSync } from "node:child_process";
import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { zones } from "@runweir/web-zones";
import { expect, test } from "vitest";
import { findForbiddenEdge, findTrespass, findUndeclared, isTestFile } from "./check-edges.ts";
import { findCycles } from "./find-cycles.ts";
import { type Package, readImportGraph } from "./import-graph.ts";
import { bannedNames, impureInDomain, linesMax, pureNodeModules, readmeLinesMax, topLevel } from "./rules.ts";

const root = resolve(import.meta.dirname, "../../..");
const graph = readImportGraph(root);
const text = (file: string) => readFileSync(join(root, file), "utf8");
const tracked = execFileSync("git", ["ls-files"], { cwd: root, encoding: "utf8" }).trim().split("\n");
const edges = graph.imports.flatMap((edge) => {
  const from = graph.packageOf(edge.file);
  const to = edge.target === undefined ? undefined : graph.packageOf(edge.target);
  return from && to ? [{ from, to, edge }] : [];
});
const hasEdge = (from: string, to: string) => edges.some((e) => e.from.name === from && e.to.name === to);

test("the graph is real: known edges are in it", () => {
  expect(hasEdge("@runweir/tracking-postgres", "@runweir/tracking-domain")).toBe(true);
  expect(hasEdge("@runweir/mlflow-rest", "@runweir/tracking-domain")).toBe(true);
  expect(hasEdge("@runweir/tracking-web", "@runweir/web-ui")).toBe(true);
  expect(hasEdge("@runweir/api-app", "@runweir/tracking-postgres")).toBe(true);
  expect(graph.packages.length).toBeGreaterThan(20);
});

test("imports follow the layers and slices", () => {
  expect(edges.flatMap(({ from, to, edge }) => findForbiddenEdge(from, to, edge) ?? [])).toEqual([]);
});

test("a package imports only what it declares, and only through the front door", () => {
  const wrong = graph.imports.flatMap((edge) => {
    const owner = graph.packageOf(edge.file);
    return [owner ? findUndeclared(owner, edge) : undefined, findTrespass(graph, edge)].filter(
      (found) => found !== undefined,
    );
  });
  expect(wrong).toEqual([]);
});

test("no cycles between packages, none between files", () => {
  const collect = (pairs: readonly (readonly [string, string])[]) => {
    const map = new Map<string, Set<string>>();
    for (const [from, to] of pairs) map.set(from, (map.get(from) ?? new Set()).add(to));
    return findCycles(map);
  };
  const production = edges.filter(({ edge }) => !isTestFile(edge.file) && !edge.typeOnly);
  const packages = production.filter(({ from, to }) => from.name !== to.name);
  expect(collect(packages.map(({ from, to }) => [from.name, to.name] as const))).toEqual([]);
  expect(collect(production.map(({ edge }) => [edge.file, edge.target!] as const))).toEqual([]);
});

test("a domain reaches for nothing: no IO, clock, randomness, environment or SQL", () => {
  const domains = graph.packages.filter(({ layer }) => layer === "domain" || layer === "errors");
  const inDomain = (file: string) =>
    domains.some(({ folder }) => file.startsWith(`${folder}/src/`)) && !isTestFile(file);
  const impure = graph.files
    .filter(inDomain)
    .flatMap((file) =>
      impureInDomain
        .filter(({ pattern }) => pattern.test(withoutComments(text(file))))
        .map(({ what }) => `${file} uses ${what}`),
    );
  const modules = graph.imports.filter(
    ({ file, specifier }) =>
      inDomain(file) && specifier.startsWith("node:") && !pureNodeModules.includes(specifier),
  );
  expect([...impure, ...modules.map(({ file, specifier }) => `${file} imports ${specifier}`)]).toEqual([]);
});

test("the environment is read in one file per app", () => {
  const readers = graph.files.filter(
    (file) =>
      !isTestFile(file) &&
      !/^(e2e|tools)\//.test(file) &&
      /\bprocess\.env\b/.test(withoutComments(text(file))),
  );
  expect(readers.filter((file) => !/^apps\/[^/]+\/(src\/config\.ts|next\.config\.ts)$/.test(file))).toEqual(
    [],
  );
});

test("file names are kebab-case and say what is inside", () => {
  const wrong = graph.files.filter((file) => {
    const stem = basename(file).replace(
      /\.((db|kafka)\.)?test\.tsx?$|\.(stories|config|spec)\.tsx?$|\.tsx?$|\.mts$/,
      "",
    );
    return !/^([a-z0-9]+(-[a-z0-9]+)*|\[[a-zA-Z.]+\])$/.test(stem) || bannedNames.includes(stem);
  });
  const folders = graph.files.filter((file) =>
    file
      .split("/")
      .slice(0, -1)
      .some((part) => bannedNames.includes(part)),
  );
  expect([...wrong, ...folders]).toEqual([]);
});

test(`a file over ${linesMax} lines says why at its top`, () => {
  const long = tracked
    .filter((file) => /\.(ts|tsx|mts|mjs|py|sql|css)$/.test(file) && existsSync(join(root, file)))
    .filter((file) => text(file).split("\n").length > linesMax + 1)
    .filter((file) => !/long because/i.test(text(file).split("\n").slice(0, 12).join("\n")));
  expect(long).toEqual([]);
});

test(`every package has a README of at most ${readmeLinesMax} lines, and the tags its layer needs`, () => {
  const wrong = graph.packages.flatMap((entry: Package) => {
    const readme = join(root, entry.folder, "README.md");
    if (!existsSync(readme)) return [`${entry.folder} has no README.md`];
    const lines = readFileSync(readme, "utf8").trimEnd().split("\n").length;
    return [
      ...(lines > readmeLinesMax ? [`${entry.folder}/README.md has ${lines} lines`] : []),
      ...(entry.scope && entry.layer ? [] : [`${entry.folder} has no scope or layer tag`]),
    ];
  });
  expect(wrong).toEqual([]);
});

test("the top level holds what was agreed and nothing else", () => {
  const found = new Set(tracked.map((file) => file.split("/")[0]!).filter((name) => !name.startsWith(".")));
  expect([...found].filter((name) => !topLevel.includes(name))).toEqual([]);
});

test("the zone table and the zone apps agree, and a page is one line", () => {
  const apps = graph.packages.filter(({ layer }) => layer === "zone").map(({ folder }) => folder);
  expect(apps.sort()).toEqual(
    Object.values(zones)
      .map(({ app }) => app)
      .sort(),
  );
  for (const { app, paths } of Object.values(zones)) {
    for (const path of paths)
      expect(existsSync(join(root, app, "app", path)), `${app}/app${path}`).toBe(true);
    for (const page of globSync(`${app}/app/**/page.tsx`, { cwd: root })) {
      expect(text(page).trim().split("\n").length, page).toBeLessThanOrEqual(2);
    }
  }
});

test("migrations of all slices have one global order", () => {
  const names = tracked.filter((file) => /\/migrations\/.*\.sql$/.test(file)).map((file) => basename(file));
  expect(names.length).toBeGreaterThan(0);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  expect(names.filter((name) => !/^\d{8}T\d{4}-[a-z0-9-]+\.sql$/.test(name))).toEqual([]);
});

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "");
}
