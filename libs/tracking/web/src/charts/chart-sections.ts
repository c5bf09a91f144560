import { compareNames } from "../compare-names.ts";

/** Charts under one heading: the metrics that share what stands before the last slash. */
export interface ChartSection {
  /** Empty for metrics without a slash. */
  readonly name: string;
  /** As they came: `inReadingOrder` sorts those that are looked at. */
  readonly metrics: readonly string[];
}

/** More sections than these are no order any more: longer names ("eval/task-17/score") come under what they begin with. */
const sectionsMax = 50;
/** Sections are open from the first one on while they show no more charts than these. */
const openChartsMax = 60;
/** A section with more charts than this shows the first ones until asked. */
export const chartsMax = 24;
export const chartsMore = 96;

export function inReadingOrder(names: readonly string[]): readonly string[] {
  return names.toSorted(compareNames);
}

/**
 * Metrics in sections as people name them ("val/auc", "train/loss"), by name; measurements of the machine
 * ("system/...") come last.
 */
export function chartSections(metrics: readonly string[], search: string): readonly ChartSection[] {
  const wanted = search.trim().toLowerCase();
  const found = metrics.filter((metric) => metric.toLowerCase().includes(wanted));
  const deepest = found.reduce((depth, metric) => Math.max(depth, metric.split("/").length - 1), 1);
  let sections = divide(found, deepest);
  for (let depth = deepest - 1; depth > 0 && sections.size > sectionsMax; depth -= 1)
    sections = divide(found, depth);
  return [...sections]
    .map(([name, members]) => ({ name, metrics: members }))
    .sort((a, b) => Number(isSystem(a.name)) - Number(isSystem(b.name)) || compareNames(a.name, b.name));
}

/** By what stands before the last slash, or before the `depth`th one if there are more. */
function divide(metrics: readonly string[], depth: number): ReadonlyMap<string, string[]> {
  return Map.groupBy(metrics, (metric) => metric.split("/").slice(0, -1).slice(0, depth).join("/"));
}

/**
 * Which sections begin open. Each chart that is there costs the page, also below the screen: with a hundred thousand metrics
 * it would stand still for a minute.
 */
export function openSections(sections: readonly ChartSection[], isSearched = false): ReadonlySet<string> {
  const open = new Set<string>();
  let charts = 0;
  for (const { name, metrics } of sections) {
    charts += Math.min(metrics.length, chartsMax);
    if (open.size > 0 && charts > openChartsMax) break;
    if (isSystem(name) && sections.length > 1 && !isSearched) continue;
    open.add(name);
  }
  return open;
}

/** Whether a metric or section is a measurement of the machine that the client took on its own. */
export function isSystem(name: string): boolean {
  return name === "system" || name.startsWith("system/");
}
