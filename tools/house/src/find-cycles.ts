/** Cycles of a directed graph, each as the list of nodes along it; Tarjan's strongly connected components (1972). */
export function findCycles(edges: ReadonlyMap<string, ReadonlySet<string>>): readonly (readonly string[])[] {
  const order = new Map<string, { index: number; low: number; open: boolean }>();
  const stack: string[] = [];
  const cycles: string[][] = [];
  const visit = (node: string): number => {
    const state = { index: order.size, low: order.size, open: true };
    order.set(node, state);
    stack.push(node);
    for (const next of edges.get(node) ?? []) {
      const seen = order.get(next);
      if (!seen) state.low = Math.min(state.low, visit(next));
      else if (seen.open) state.low = Math.min(state.low, seen.index);
    }
    if (state.low === state.index) {
      const component = stack.splice(stack.indexOf(node));
      for (const member of component) order.get(member)!.open = false;
      if (component.length > 1 || edges.get(node)?.has(node)) cycles.push(component);
    }
    return state.low;
  };
  for (const node of edges.keys()) if (!order.has(node)) visit(node);
  return cycles;
}
