import type { Field, MetricAggregate } from "@runweir/tracking-domain";

interface RunColumn {
  readonly expression: string;
  readonly type: "text" | "bigint";
  readonly nullable?: true;
}

/** A run's own columns; `r` is the table `runs`. */
const attributes: Readonly<Record<string, RunColumn>> = {
  run_id: { expression: "r.run_id", type: "text" },
  run_name: { expression: "r.run_name", type: "text" },
  user_id: { expression: "r.user_id", type: "text" },
  status: { expression: "r.status", type: "text" },
  start_time: { expression: "epoch_ms(r.start_time)", type: "bigint" },
  end_time: { expression: "epoch_ms(r.end_time)", type: "bigint", nullable: true },
  artifact_uri: { expression: "r.artifact_uri", type: "text" },
  experiment_id: { expression: "r.experiment_id", type: "bigint" },
};

export function findAttribute(key: string): RunColumn {
  const found = attributes[key];
  if (!found) throw new Error(`No such attribute of a run: ${key}`);
  return found;
}

/** The tables that hold what runs have many of, one row per run and key. */
export const tableOf = { metric: "metric_summary", param: "params", tag: "tags" } as const;

/** The value of a row of those tables; `s` is the table. */
export function printValue(field: Extract<Field, { entity: "metric" | "param" | "tag" }>): string {
  return field.entity === "metric" ? statistic(field.aggregate) : "s.value";
}

function statistic(aggregate: MetricAggregate): string {
  switch (aggregate) {
    case "count":
      return "s.n::DOUBLE";
    case "last":
    case "first":
    case "min":
    case "max":
      return `s."${aggregate}"`;
    case "mean":
      // Its sum is made in another order than Postgres', so its last digits differ.
      throw new Error("Snapshots are not asked for means.");
  }
}
