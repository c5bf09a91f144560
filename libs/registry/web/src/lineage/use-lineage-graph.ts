"use client";

import type { Lineage } from "@runweir/registry-trpc";
import { useQueries } from "@tanstack/react-query";
import { useState } from "react";
import { useRegistryApi } from "../registry-api.ts";
import { buildGraph, datasetId, type Graph, type Opening, versionId } from "./build-graph.ts";

/** Of what was made of one dataset, the newest. */
const madeShown = 20;

export interface LineageGraphState {
  readonly graph: Graph;
  readonly isOpen: (opening: Opening) => boolean;
  readonly isLoading: (opening: Opening) => boolean;
  readonly hasFailed: boolean;
  toggle(opening: Opening): void;
}

/** What is drawn: one hop, and what was opened since; what is opened is asked for then. */
export function useLineageGraph(root: Lineage): LineageGraphState {
  const api = useRegistryApi();
  const [opened, setOpened] = useState<ReadonlyMap<string, Opening>>(new Map());
  const versions = [...opened.values()].filter((one) => one.kind === "version");
  const datasets = [...opened.values()].filter((one) => one.kind === "dataset");
  const lineages = useQueries({
    queries: versions.map(({ name, version }) =>
      api.lineage.get.queryOptions({ name, version: String(version) }),
    ),
  });
  const made = useQueries({
    queries: datasets.map(({ experimentId, digest }) =>
      api.lineage.ofDataset.queryOptions({ experimentIds: [experimentId], digest, maxResults: madeShown }),
    ),
  });
  const awaited = new Set([
    ...versions.filter((_, at) => lineages[at]?.isPending).map(keyOf),
    ...datasets.filter((_, at) => made[at]?.isPending).map(keyOf),
  ]);
  const graph = buildGraph(root, {
    lineages: new Map(
      versions.flatMap((one, at) => {
        const found = lineages[at]?.data;
        return found ? [[versionId(one), found]] : [];
      }),
    ),
    made: new Map(
      datasets.flatMap((one, at) => {
        const found = made[at]?.data;
        return found ? [[datasetId(one), found.items]] : [];
      }),
    ),
    whole: new Set([...opened.values()].flatMap((one) => (one.kind === "rest" ? [one.of] : []))),
  });
  return {
    graph,
    isOpen: (opening) => opened.has(keyOf(opening)),
    isLoading: (opening) => awaited.has(keyOf(opening)),
    hasFailed: [...lineages, ...made].some(({ isError }) => isError),
    toggle: (opening) =>
      setOpened((before) => {
        const next = new Map(before);
        if (!next.delete(keyOf(opening))) next.set(keyOf(opening), opening);
        return next;
      }),
  };
}

function keyOf(opening: Opening): string {
  if (opening.kind === "version") return versionId(opening);
  return opening.kind === "dataset" ? datasetId(opening) : `rest ${opening.of}`;
}
