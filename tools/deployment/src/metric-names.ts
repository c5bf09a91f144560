import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parser } from "@prometheus-io/lezer-promql";
import { createMetrics } from "@runweir/telemetry";
import { root } from "./compose-file.ts";

const histogramParts = ["", "_bucket", "_sum", "_count"];

/** Every series that our services can have: what each registry starts with, what sources declare. */
export function readKnownSeries(): ReadonlySet<string> {
  const registered = createMetrics("any")
    .registry.getMetricsAsArray()
    .map(({ name }) => name);
  const declared = globSync("{apps/*,libs/*/*}/src/**/*.ts", {
    cwd: root,
    exclude: (path) => path.includes("node_modules"),
  })
    .filter((file) => !file.endsWith(".test.ts"))
    .flatMap((file) =>
      [...readFileSync(join(root, file), "utf8").matchAll(/\bname: "(runweir_[a-z0-9_]+)"/g)].map(
        ([, name]) => name!,
      ),
    );
  const series = [...registered, ...declared].flatMap((name) => histogramParts.map((part) => name + part));
  // Prometheus writes `up` itself, for everything that it asks.
  return new Set([...series, "up"]);
}

/** The metrics that a query names, read by PromQL's own grammar. Throws for a query that is none. */
export function metricsOf(query: string): readonly string[] {
  // Grafana puts a duration there before Prometheus sees it.
  const text = query.replaceAll(/\$__(rate_interval|range|interval)\b/g, "5m");
  const names: string[] = [];
  parser.parse(text).iterate({
    enter(node) {
      if (node.type.isError) throw new Error(`Not PromQL at ${node.from}: ${text}`);
      if (node.name === "VectorSelector") {
        const identifier = node.node.getChild("Identifier");
        if (identifier) names.push(text.slice(identifier.from, identifier.to));
      }
    },
  });
  return names;
}
