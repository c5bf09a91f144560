import type { MetricFact } from "./version-facts.ts";

/**
 * A metric's key with the slice in it. MLflow's clients send only letters, digits and `_ / . - :` and spaces, so a slice is
 * `slice/country:BR/device:ios/auc`; other producers may write `slice(country=BR,device=ios).auc`.
 */
export function parseMetricKey(key: string): Pick<MetricFact, "name" | "slice"> {
  const [, dimensions, called] = /^slice\(([^)]*)\)\.(.+)$/s.exec(key) ?? [];
  if (dimensions !== undefined && called !== undefined) {
    const pairs = dimensions.split(",").map((pair) => pair.split("="));
    if (pairs.every((pair) => pair.length === 2 && pair[0]?.trim() !== ""))
      return {
        name: called,
        slice: Object.fromEntries(pairs.map(([name = "", value = ""]) => [name.trim(), value.trim()])),
      };
  }
  const parts = key.split("/");
  if (parts[0] !== "slice") return { name: key, slice: {} };
  const slice: Record<string, string> = {};
  let at = 1;
  for (; at < parts.length - 1; at++) {
    const [, dimension, value] = /^([^:]+):(.*)$/s.exec(parts[at] ?? "") ?? [];
    if (dimension === undefined || value === undefined) break;
    slice[dimension] = value;
  }
  if (at === 1) return { name: key, slice: {} };
  return { name: parts.slice(at).join("/"), slice };
}

/** One spelling of a metric and its slice, for anchors and for people. */
export function nameMetric({ name, slice }: Pick<MetricFact, "name" | "slice">): string {
  const pairs = Object.entries(slice).toSorted(([a], [b]) => (a < b ? -1 : 1));
  if (pairs.length === 0) return name;
  return `slice(${pairs.map(([dimension, value]) => `${dimension}=${value}`).join(",")}).${name}`;
}
