import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { dockerFolder, readComposeFile } from "./compose-file.ts";
import { metricsOf, readKnownSeries } from "./metric-names.ts";

interface Panel {
  readonly id: number;
  readonly title: string;
  readonly type: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly datasource?: { readonly uid: string };
  readonly targets?: readonly { readonly expr: string; readonly datasource: { readonly uid: string } }[];
}

const read = (path: string) => readFileSync(join(dockerFolder, path), "utf8");
const dashboard = JSON.parse(read("grafana/runweir-ingestion.json")) as {
  readonly schemaVersion: number;
  readonly panels: readonly Panel[];
  readonly templating: {
    readonly list: readonly { readonly name: string; readonly type: string; readonly query: string }[];
  };
};
const drawn = dashboard.panels.filter(({ type }) => type !== "row");
const queries = drawn.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
const known = readKnownSeries();
const { services } = readComposeFile();

test("a query's metrics are found, and a broken one is refused", () => {
  expect(metricsOf('sum by (le) (rate(a_bucket{x="b_total"}[$__rate_interval])) / max(c)')).toEqual([
    "a_bucket",
    "c",
  ]);
  expect(() => metricsOf("sum(rate(a[5m])")).toThrow("Not PromQL");
});

test("every metric of the dashboard exists", () => {
  expect(known).toContain("runweir_http_request_duration_seconds_bucket");
  expect(queries.length).toBeGreaterThan(20);
  expect([...new Set(queries.flatMap(metricsOf))].filter((name) => !known.has(name))).toEqual([]);
});

test("every metric of the log, its consumer and the warehouse is on the dashboard", () => {
  const shown = new Set(queries.flatMap(metricsOf).map((name) => name.replace(/_(bucket|sum|count)$/, "")));
  const wanted = [...known].filter(
    (name) => /^runweir_(ingest|log|read|snapshot|sql)_/.test(name) && !/_(bucket|sum|count)$/.test(name),
  );
  expect(wanted.length).toBeGreaterThan(0);
  expect(wanted.filter((name) => !shown.has(name))).toEqual([]);
});

test("the dashboard is one of Grafana 11 or newer whose data source can be chosen", () => {
  expect(dashboard.schemaVersion).toBeGreaterThanOrEqual(39);
  expect(dashboard.templating.list).toContainEqual(
    expect.objectContaining({ name: "datasource", type: "datasource", query: "prometheus" }),
  );
  const sources = drawn.flatMap(({ datasource, targets = [] }) => [
    datasource,
    ...targets.map((each) => each.datasource),
  ]);
  // biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana's own variable
  expect(new Set(sources.map((source) => source?.uid))).toEqual(new Set(["${datasource}"]));
});

test("no two panels have one id or lie on each other", () => {
  expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
  const taken = new Map<string, string>();
  for (const { title, gridPos } of dashboard.panels)
    for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++)
      for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
        expect(x, title).toBeLessThan(24);
        expect(taken.get(`${x},${y}`), title).toBeUndefined();
        taken.set(`${x},${y}`, title);
      }
});

test("Prometheus asks every API and every consumer where it listens, and Grafana asks Prometheus", () => {
  const { scrape_configs: jobs } = parse(read("prometheus/prometheus.yml")) as {
    scrape_configs: { job_name: string; static_configs: { targets: string[] }[] }[];
  };
  const asked = (job: string) =>
    jobs.find(({ job_name }) => job_name === job)?.static_configs.flatMap(({ targets }) => targets);
  const listening = (prefix: string, variable: string) =>
    Object.entries(services)
      .filter(([name]) => name.startsWith(prefix))
      .map(([, { environment }]) => `127.0.0.1:${environment?.[variable]}`);
  expect(asked("runweir-api")).toEqual(listening("api-", "RUNWEIR_PORT"));
  expect(asked("runweir-ingest")).toEqual(listening("ingest-", "RUNWEIR_INGEST_PORT"));
  const { datasources } = parse(read("grafana/provisioning/datasources/prometheus.yaml")) as {
    datasources: { url: string }[];
  };
  const address = /--web\.listen-address=(\S+)/.exec([services.prometheus?.command].flat().join(" "))?.[1];
  expect(datasources.map(({ url }) => url)).toEqual([`http://${address}`]);
});
