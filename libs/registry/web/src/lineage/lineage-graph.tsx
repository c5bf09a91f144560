"use client";

import type { Lineage } from "@runweir/registry-trpc";
import { versionId } from "./build-graph.ts";
import { layoutGraph, nodeSize } from "./layout-graph.ts";
import { LineageNode } from "./lineage-node.tsx";
import { useLineageGraph } from "./use-lineage-graph.ts";

/** What a version was made of to its left, what was made of it to its right; every node leads to its page, some open further. */
export function LineageGraph({ lineage }: { readonly lineage: Lineage }) {
  const state = useLineageGraph(lineage);
  const { width, height, places, lines } = layoutGraph(state.graph);
  const root = versionId(lineage.version);
  return (
    <div className="overflow-x-auto px-3 pt-1 pb-3">
      <div className="relative" style={{ width, height }}>
        <svg
          aria-hidden
          width={width}
          height={height}
          className="absolute inset-0 overflow-visible fill-none stroke-line-strong"
          strokeWidth={1.5}
        >
          {lines.map(({ from, to, path }) => (
            <path
              key={`${from} ${to}`}
              d={path}
              data-line
              className={from === root || to === root ? "stroke-accent" : undefined}
            />
          ))}
        </svg>
        <ul aria-label="Lineage, from what it was made of to what was made of it">
          {places.map(({ node, x, y }) => (
            <li key={node.id} className="absolute" style={{ left: x, top: y, ...nodeSize }}>
              <LineageNode node={node} isRoot={node.id === root} state={state} />
            </li>
          ))}
        </ul>
      </div>
      {state.hasFailed && (
        <p role="alert" className="pt-2 text-sm text-bad">
          Some of it could not be read.
        </p>
      )}
    </div>
  );
}
