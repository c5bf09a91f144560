import type { Brush, Brushes } from "@runweir/web-charts";

/** Brushes in the address: `[["params.lr",0.01,0.1],["params.model",["xgb"]]]`. */
export function writeBrushes(brushes: Brushes): string | undefined {
  if (brushes.size === 0) return undefined;
  return JSON.stringify(
    [...brushes].map(([id, brush]) =>
      brush.kind === "range" ? [id, brush.from, brush.to] : [id, brush.names],
    ),
  );
}

/** What is no brush is left out: an address is written by anybody. */
export function readBrushes(text: string | undefined): Brushes {
  return new Map(parse(text).flatMap((entry) => readBrush(entry)));
}

function readBrush(entry: unknown): readonly (readonly [string, Brush])[] {
  if (!Array.isArray(entry)) return [];
  const [id, first, to]: unknown[] = entry;
  if (typeof id !== "string") return [];
  if (Array.isArray(first) && first.every((name) => typeof name === "string"))
    return [[id, { kind: "names", names: first }]];
  if (typeof first === "number" && typeof to === "number") return [[id, { kind: "range", from: first, to }]];
  return [];
}

function parse(text: string | undefined): readonly unknown[] {
  try {
    const parsed: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(parsed) ? parsed : [];
  } catch {
    return [];
  }
}
