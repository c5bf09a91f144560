/** Charts under one heading: the metrics that share what stands before the last slash. */
export interface ChartSection {
  /** Empty for metrics without a slash. */
  readonly name: string;
  readonly metrics: readonly string[];
}

const inOrder = new Intl.Collator("en", { numeric: true });

/**
 * Metrics in sections as people name them ("val/auc", "train/loss"), by name; measurements of the machine
 * ("system/...") come last.
 */
export function chartSections(metrics: readonly string[], search: string): readonly ChartSection[] {
  const wanted = search.trim().toLowerCase();
  const sections = new Map<string, string[]>();
  for (const metric of metrics.toSorted(inOrder.compare)) {
    if (!metric.toLowerCase().includes(wanted)) continue;
    const name = metric.includes("/") ? metric.slice(0, metric.lastIndexOf("/")) : "";
    const section = sections.get(name);
    if (section) section.push(metric);
    else sections.set(name, [metric]);
  }
  return [...sections]
    .map(([name, members]) => ({ name, metrics: members }))
    .sort((a, b) => Number(isSystem(a.name)) - Number(isSystem(b.name)));
}

/** Whether a metric or section is a measurement of the machine that the client took on its own. */
export function isSystem(name: string): boolean {
  return name === "system" || name.startsWith("system/");
}
