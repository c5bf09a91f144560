import type { Import, ImportGraph, Package } from "./import-graph.ts";
import { allowedLayers, allowedPageScopes, allowedScopes, allowedTypeLayers, sliceFreeWeb } from "./rules.ts";

/** Tests, and the testing entries they share, may stand on anything a tool may. */
export function isTestFile(file: string): boolean {
  return /\.test\.tsx?$/.test(file) || /\/(test|testing)\//.test(file);
}

/** Why this import between two packages of ours is not allowed, or undefined. */
export function findForbiddenEdge(from: Package, to: Package, edge: Import): string | undefined {
  if (from.name === to.name || isTestFile(edge.file)) return undefined;
  const where = `${edge.file} imports ${edge.specifier}`;
  const layers = allowedLayers[from.layer];
  if (!layers) return `${from.name} has no known layer tag (found "${from.layer}")`;
  const typed = edge.typeOnly && (allowedTypeLayers[from.layer] ?? []).includes(to.layer);
  if (!typed && !layers.includes(to.layer)) {
    return `${where}: ${from.layer} may not import ${to.layer}${edge.typeOnly ? "" : " (as values)"}`;
  }
  if (["app", "zone", "tool", "e2e"].includes(from.layer)) return undefined;
  if (sliceFreeWeb.includes(from.name) && !["web", "platform"].includes(to.scope)) {
    return `${where}: the design system knows no slice`;
  }
  const technical = ["platform", "web"].includes(to.scope);
  if (technical || from.scope === to.scope) {
    return from.layer === "adapter" && to.layer === "adapter"
      ? `${where}: adapters never import adapters`
      : undefined;
  }
  const scopes = [
    ...(allowedScopes[from.scope] ?? []),
    ...(from.layer === "web" ? (allowedPageScopes[from.scope] ?? []) : []),
  ];
  if (!scopes.includes(to.scope)) return `${where}: ${from.scope} may not know ${to.scope}`;
  return undefined;
}

/** Imports of packages that the importing package does not declare; npm's hoisting would let them through. */
export function findUndeclared(owner: Package, edge: Import): string | undefined {
  const { specifier } = edge;
  if (specifier.startsWith(".") || specifier.startsWith("node:")) return undefined;
  const name = specifier.startsWith("@")
    ? specifier.split("/").slice(0, 2).join("/")
    : (specifier.split("/")[0] ?? "");
  if (name === owner.name || owner.declared.has(name)) return undefined;
  if (edge.typeOnly && owner.declared.has(`@types/${name}`)) return undefined;
  // Tools of the whole house, declared once at the root.
  if (["vitest", "typescript"].includes(name) || (isTestFile(edge.file) && name === "@runweir/postgres"))
    return undefined;
  return `${edge.file} imports ${specifier}, which ${owner.name} does not declare`;
}

/** Imports that go past a package's `exports`, into its insides. */
export function findTrespass(graph: ImportGraph, edge: Import): string | undefined {
  const from = graph.packageOf(edge.file);
  if (edge.specifier.startsWith(".") && edge.target) {
    const to = graph.packageOf(edge.target);
    if (from && to && from.name !== to.name)
      return `${edge.file} reaches into ${to.name} by path: ${edge.specifier}`;
  }
  return undefined;
}
