import { expect, test } from "vitest";
import { findForbiddenEdge, findUndeclared } from "./check-edges.ts";
import { findCycles } from "./find-cycles.ts";
import type { Package } from "./import-graph.ts";

const make = (name: string, scope: string, layer: string): Package => ({
  name: `@runweir/${name}`,
  folder: `libs/${name}`,
  scope,
  layer,
  exports: {},
  declared: new Set(["zod"]),
});
const edge = (typeOnly: boolean, specifier = "x") => ({
  file: "libs/a/src/a.ts",
  specifier,
  typeOnly,
  target: "libs/b/src/b.ts",
});
const trackingDomain = make("tracking-domain", "tracking", "domain");
const trackingPostgres = make("tracking-postgres", "tracking", "adapter");
const trackingTrpc = make("tracking-trpc", "tracking", "transport");
const trackingWeb = make("tracking-web", "tracking", "web");
const registryDomain = make("registry-domain", "registry", "domain");
const artifactsLocal = make("artifacts-local", "artifacts", "adapter");

test("what the house forbids is found", () => {
  expect(findForbiddenEdge(trackingDomain, trackingPostgres, edge(false))).toMatch(
    "domain may not import adapter",
  );
  expect(findForbiddenEdge(trackingWeb, trackingTrpc, edge(false))).toMatch("as values");
  expect(findForbiddenEdge(trackingTrpc, trackingPostgres, edge(true))).toMatch(
    "transport may not import adapter",
  );
  expect(findForbiddenEdge(trackingDomain, registryDomain, edge(true))).toMatch(
    "tracking may not know registry",
  );
  expect(findForbiddenEdge(trackingPostgres, artifactsLocal, edge(false))).toMatch(
    "adapter may not import adapter",
  );
});

test("what the house allows is let through", () => {
  expect(findForbiddenEdge(trackingPostgres, trackingDomain, edge(false))).toBeUndefined();
  expect(findForbiddenEdge(trackingWeb, trackingTrpc, edge(true))).toBeUndefined();
});

test("an undeclared package is found", () => {
  expect(findUndeclared(trackingDomain, edge(false, "pg"))).toMatch("does not declare");
  expect(findUndeclared(trackingDomain, edge(false, "zod"))).toBeUndefined();
});

test("a cycle is found, and a diamond is not one", () => {
  const graph = (pairs: [string, string[]][]) => new Map(pairs.map(([from, to]) => [from, new Set(to)]));
  expect(
    findCycles(
      graph([
        ["a", ["b"]],
        ["b", ["c"]],
        ["c", ["a"]],
      ]),
    ).map((cycle) => [...cycle].sort()),
  ).toEqual([["a", "b", "c"]]);
  expect(
    findCycles(
      graph([
        ["a", ["b", "c"]],
        ["b", ["d"]],
        ["c", ["d"]],
      ]),
    ),
  ).toEqual([]);
});
