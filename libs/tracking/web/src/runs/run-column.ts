import type { KeyCatalog, WireNumber, WireRun } from "@runweir/tracking-trpc";

/** What a column of the runs table shows. */
export interface RunColumn {
  readonly entity: "attribute" | "metric" | "param" | "tag";
  readonly key: string;
}

export interface RunOrder {
  readonly column: RunColumn;
  readonly ascending: boolean;
}

const prefixes = { attribute: "attributes", metric: "metrics", param: "params", tag: "tags" } as const;

/** Attributes to choose from; `sortable` ones are known to the search. */
export const attributeColumns: Readonly<
  Record<string, { readonly title: string; readonly sortable: boolean }>
> = {
  status: { title: "Status", sortable: true },
  start_time: { title: "Started", sortable: true },
  end_time: { title: "Ended", sortable: true },
  duration: { title: "Took", sortable: false },
  user_id: { title: "By", sortable: true },
  run_id: { title: "Run id", sortable: true },
  source: { title: "Source", sortable: false },
  datasets: { title: "Data", sortable: false },
  models: { title: "Models", sortable: false },
};

export const nameColumn: RunColumn = { entity: "attribute", key: "run_name" };

/** As it stands in the address and as MLflow names it: `metrics.loss`. */
export function columnId({ entity, key }: RunColumn): string {
  return `${prefixes[entity]}.${key}`;
}

export function parseColumn(id: string): RunColumn | undefined {
  for (const [entity, prefix] of Object.entries(prefixes)) {
    if (id.startsWith(`${prefix}.`) && id.length > prefix.length + 1) {
      return { entity: entity as RunColumn["entity"], key: id.slice(prefix.length + 1) };
    }
  }
  return undefined;
}

/** Columns in the address: commas stand between them, so those in keys are written differently. */
export function writeColumns(columns: readonly RunColumn[]): string {
  return columns.map((column) => columnId(column).replaceAll("%", "%25").replaceAll(",", "%2C")).join(",");
}

export function readColumns(text: string): readonly RunColumn[] {
  return text
    .split(",")
    .map((id) => parseColumn(id.replaceAll("%2C", ",").replaceAll("%25", "%")))
    .filter((column) => column !== undefined);
}

export function columnTitle({ entity, key }: RunColumn): string {
  return entity === "attribute" ? (attributeColumns[key]?.title ?? key) : key;
}

export function isSortable({ entity, key }: RunColumn): boolean {
  return entity !== "attribute" || key === nameColumn.key || (attributeColumns[key]?.sortable ?? false);
}

const metricsShown = 4;
const paramsShown = 4;

/** What most runs have, where nobody has chosen yet. */
export function defaultColumns(keys: KeyCatalog): readonly RunColumn[] {
  const metrics = keys.metrics.filter(({ key }) => !key.startsWith("system/")).slice(0, metricsShown);
  return [
    { entity: "attribute", key: "start_time" },
    { entity: "attribute", key: "duration" },
    ...metrics.map(({ key }): RunColumn => ({ entity: "metric", key })),
    ...keys.params.slice(0, paramsShown).map(({ key }): RunColumn => ({ entity: "param", key })),
  ];
}

/** The keys the search has to send for these columns. */
export function keysOf(columns: readonly RunColumn[]) {
  const keys = (entity: RunColumn["entity"]) =>
    columns.filter((column) => column.entity === entity).map(({ key }) => key);
  const attributes = keys("attribute");
  return {
    metrics: keys("metric"),
    params: keys("param"),
    tags: [
      ...keys("tag"),
      "mlflow.parentRunId",
      ...(attributes.includes("source") ? ["mlflow.source.name"] : []),
    ],
  };
}

/** The run's value in a metric column. */
export function metricOf(run: WireRun, key: string): WireNumber | undefined {
  return run.metrics.find((metric) => metric.key === key)?.value;
}
