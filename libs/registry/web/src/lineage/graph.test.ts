import type { Lineage } from "@runweir/registry-trpc";
import { expect, test } from "vitest";
import { buildGraph, datasetId, versionId } from "./build-graph.ts";
import { layoutGraph, nodeSize } from "./layout-graph.ts";

const nothing = { lineages: new Map(), made: new Map(), whole: new Set<string>() };
const named = (name: string, version: number) => ({ name, version, by: "source" as const });

function lineage(name: string, version: number, more: Partial<Lineage> = {}): Lineage {
  return { version: { name, version } as Lineage["version"], derivedFrom: [], derived: [], ...more };
}

const run: Lineage["run"] = {
  runId: "r1",
  runName: "wry-ibis",
  experimentId: "1",
  commit: "f3c21aa000",
  params: [],
  metrics: [],
  datasets: [{ name: "tx", digest: "d1", sourceType: "code", source: "{}" }],
};
const root = lineage("fraud", 3, {
  run,
  loggedModel: { modelId: "m1", name: "model" },
  derivedFrom: [named("base", 1)],
  derived: [named("tuned", 1), named("tuned", 2)],
});

const layersOf = (graph: ReturnType<typeof buildGraph>) =>
  Object.fromEntries(graph.nodes.map(({ label, layer }) => [label, layer]));
const linesOf = ({ nodes, edges }: ReturnType<typeof buildGraph>) => {
  const label = (id: string) => nodes.find((node) => node.id === id)?.label;
  return edges.map(({ from, to }) => `${label(from)} > ${label(to)}`).toSorted();
};

test("one hop: what it was made of to the left, in its order, and what was made of it to the right", () => {
  const graph = buildGraph(root, nothing);
  expect(layersOf(graph)).toEqual({
    "tx d1": -3,
    f3c21aa0: -3,
    "wry-ibis": -2,
    model: -1,
    "base 1": -1,
    "fraud 3": 0,
    "tuned 1": 1,
    "tuned 2": 1,
  });
  expect(linesOf(graph)).toEqual([
    "base 1 > fraud 3",
    "f3c21aa0 > wry-ibis",
    "fraud 3 > tuned 1",
    "fraud 3 > tuned 2",
    "model > fraud 3",
    "tx d1 > wry-ibis",
    "wry-ibis > model",
  ]);
});

test("what is opened adds its own hop, and what both have in common once", () => {
  const base = lineage("base", 1, { run, derived: [named("fraud", 3)], derivedFrom: [named("zero", 1)] });
  const graph = buildGraph(root, { ...nothing, lineages: new Map([[versionId(base.version), base]]) });
  expect(layersOf(graph)).toMatchObject({ "zero 1": -2, "wry-ibis": -2 });
  expect(graph.nodes.filter(({ kind }) => kind === "Run")).toHaveLength(1);
  expect(linesOf(graph)).toContain("wry-ibis > base 1");
  const made = new Map([[datasetId({ name: "tx", digest: "d1" }), [named("fraud", 3), named("fraud", 4)]]]);
  const withData = buildGraph(root, { ...nothing, made });
  expect(linesOf(withData).filter((line) => line.startsWith("tx d1"))).toEqual([
    "tx d1 > fraud 4",
    "tx d1 > wry-ibis",
  ]);
  const fourth = lineage("fraud", 4, { derived: [named("deep", 1)] });
  const deeper = buildGraph(root, {
    ...nothing,
    made,
    lineages: new Map([[versionId(fourth.version), fourth]]),
  });
  expect(linesOf(deeper)).toContain("fraud 4 > deep 1");
  const closed = buildGraph(root, { ...nothing, lineages: new Map([[versionId(fourth.version), fourth]]) });
  expect(layersOf(closed)).not.toHaveProperty("deep 1");
});

test("data stands left of every run that read it, also of one that was opened later", () => {
  const shared = { ...run, runId: "r2", runName: "older" } as NonNullable<Lineage["run"]>;
  const base = lineage("base", 1, { run: shared });
  const direct = lineage("fraud", 3, { run, derivedFrom: [named("base", 1)] });
  expect(layersOf(buildGraph(direct, nothing))).toMatchObject({ "wry-ibis": -1, "tx d1": -2 });
  const opened = buildGraph(direct, { ...nothing, lineages: new Map([[versionId(base.version), base]]) });
  expect(layersOf(opened)).toMatchObject({ "wry-ibis": -1, "base 1": -1, older: -2, "tx d1": -3 });
});

test("a derivation in a circle is drawn, and of many only the first until the rest is asked for", () => {
  const circle = lineage("fraud", 3, { derivedFrom: [named("fraud", 3)], derived: [named("fraud", 3)] });
  expect(buildGraph(circle, nothing)).toMatchObject({ nodes: [{ label: "fraud 3" }], edges: [] });
  const many = lineage("fraud", 3, { derived: Array.from({ length: 12 }, (_, n) => named("tuned", n + 1)) });
  const first = buildGraph(many, nothing);
  expect(first.nodes.at(-1)).toMatchObject({ label: "4 more", opens: { kind: "rest" } });
  const rest = first.nodes.at(-1)?.opens;
  const whole = buildGraph(many, { ...nothing, whole: new Set(rest?.kind === "rest" ? [rest.of] : []) });
  expect(whole.nodes).toHaveLength(13);
});

test("no two nodes overlap, and every line goes from the side of one to the side of the other", () => {
  const graph = buildGraph(root, nothing);
  const { places, lines, width, height } = layoutGraph(graph);
  expect(places.map(({ node }) => node.layer)).toEqual(
    places.map(({ node }) => node.layer).toSorted((a, b) => a - b),
  );
  for (const [at, one] of places.entries()) {
    expect(one.x + nodeSize.width).toBeLessThanOrEqual(width);
    expect(one.y + nodeSize.height).toBeLessThanOrEqual(height);
    for (const other of places.slice(at + 1))
      expect(
        Math.abs(one.x - other.x) >= nodeSize.width || Math.abs(one.y - other.y) >= nodeSize.height,
      ).toBe(true);
  }
  expect(lines).toHaveLength(graph.edges.length);
  const [line] = lines;
  const from = places.find(({ node }) => node.id === line?.from);
  expect(line?.path.startsWith(`M${(from?.x ?? 0) + nodeSize.width},`)).toBe(true);
});
