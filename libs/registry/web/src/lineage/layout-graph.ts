import type { Graph, GraphNode } from "./build-graph.ts";

export const nodeSize = { width: 176, height: 44 } as const;
const gap = { x: 40, y: 12 } as const;

export interface Layout {
  readonly width: number;
  readonly height: number;
  /** From left to right, and in each column from the top: the order in which they are walked through. */
  readonly places: readonly { readonly node: GraphNode; readonly x: number; readonly y: number }[];
  readonly lines: readonly { readonly from: string; readonly to: string; readonly path: string }[];
}

/** Columns by layer, each in the middle of the height; in a column nodes stand near what they are joined to. */
export function layoutGraph({ nodes, edges }: Graph): Layout {
  const layers = [...new Set(nodes.map(({ layer }) => layer))].toSorted((a, b) => a - b);
  const columns = layers.map((layer) => nodes.filter((node) => node.layer === layer));
  const step = nodeSize.height + gap.y;
  const tallest = Math.max(...columns.map((column) => column.length));
  const height = tallest * step - gap.y;
  const at = new Map<string, { readonly x: number; readonly y: number }>();
  const place = (column: readonly GraphNode[], index: number) => {
    const top = (height - (column.length * step - gap.y)) / 2;
    for (const [row, { id }] of column.entries())
      at.set(id, { x: index * (nodeSize.width + gap.x), y: top + row * step });
  };
  for (const [index, column] of columns.entries()) place(column, index);
  // From the root outwards what is joined to it is known to stand still; twice is enough for what hangs on that.
  for (let pass = 0; pass < 2; pass += 1)
    for (const [index, column] of columns.entries()) {
      const weights = new Map(column.map(({ id }) => [id, meanHeight(id, edges, at)]));
      place(
        column.toSorted((a, b) => (weights.get(a.id) ?? 0) - (weights.get(b.id) ?? 0)),
        index,
      );
    }
  const places = nodes
    .map((node) => ({ node, ...(at.get(node.id) ?? { x: 0, y: 0 }) }))
    .toSorted((a, b) => a.x - b.x || a.y - b.y);
  return {
    width: layers.length * (nodeSize.width + gap.x) - gap.x,
    height,
    places,
    lines: edges.flatMap(({ from, to }) => {
      const [start, end] = [at.get(from), at.get(to)];
      return start && end ? [{ from, to, path: curve(start, end) }] : [];
    }),
  };
}

type Place = { readonly x: number; readonly y: number };

/** Of what it is joined to in other columns; its own where there is nothing. */
function meanHeight(id: string, edges: Graph["edges"], at: ReadonlyMap<string, Place>): number {
  const own = at.get(id) ?? { x: 0, y: 0 };
  const others = edges.flatMap(({ from, to }) => {
    const other = from === id ? at.get(to) : to === id ? at.get(from) : undefined;
    return other && other.x !== own.x ? [other.y] : [];
  });
  return others.length === 0 ? own.y : others.reduce((sum, y) => sum + y, 0) / others.length;
}

/** From the right side of one to the left side of the other; around where that is not to the right. */
function curve(from: Place, to: Place): string {
  const start = { x: from.x + nodeSize.width, y: from.y + nodeSize.height / 2 };
  const end = { x: to.x, y: to.y + nodeSize.height / 2 };
  const bend = Math.max(gap.x / 2, (end.x - start.x) / 2);
  return `M${start.x},${start.y}C${start.x + bend},${start.y} ${end.x - bend},${end.y} ${end.x},${end.y}`;
}
