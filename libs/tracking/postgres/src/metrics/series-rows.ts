import { type SeriesPlace, type SeriesSummary, type Summary, seriesName } from "@runweir/ingest-domain";
import type { Queryable } from "@runweir/postgres";

export interface SeriesRow {
  readonly run_no: number;
  readonly key_id: number;
  readonly count: number;
  readonly nan_count: number;
  readonly sum: number | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly step_of_min: number | null;
  readonly step_of_max: number | null;
  readonly first_step: number;
  readonly first_timestamp: number;
  readonly first_value: number;
  readonly last_step: number;
  readonly last_timestamp: number;
  readonly last_value: number;
}

/** The columns of a SeriesRow behind its ids, with their types, in the order of `valuesOf`. */
const columns = [
  ["count", "bigint"],
  ["nan_count", "bigint"],
  ["sum", "float8"],
  ["min", "float8"],
  ["max", "float8"],
  ["step_of_min", "bigint"],
  ["step_of_max", "bigint"],
  ["first_step", "bigint"],
  ["first_timestamp", "bigint"],
  ["first_value", "float8"],
  ["last_step", "bigint"],
  ["last_timestamp", "bigint"],
  ["last_value", "float8"],
] as const;

export const summaryColumns = columns.map(([name]) => name).join(", ");
/** As many typed nulls, for the other half of a UNION. */
export const summaryNulls = columns.map(([, type]) => `NULL::${type}`).join(", ");

export function summaryOf(row: SeriesRow): Summary {
  return {
    count: row.count,
    nanCount: row.nan_count,
    sum: row.sum,
    min: row.min,
    max: row.max,
    stepOfMin: row.step_of_min,
    stepOfMax: row.step_of_max,
    first: { step: row.first_step, timestamp: row.first_timestamp, value: row.first_value },
    last: { step: row.last_step, timestamp: row.last_timestamp, value: row.last_value },
  };
}

function valuesOf(summary: Summary): (number | null)[] {
  const { first, last } = summary;
  return [
    summary.count,
    summary.nanCount,
    summary.sum,
    summary.min,
    summary.max,
    summary.stepOfMin,
    summary.stepOfMax,
    first.step,
    first.timestamp,
    first.value,
    last.step,
    last.timestamp,
    last.value,
  ];
}

export async function loadSummaries(
  client: Queryable,
  series: readonly SeriesPlace[],
): Promise<ReadonlyMap<string, Summary>> {
  const { rows } = await client.query<SeriesRow>(
    `SELECT s.run_no, s.key_id, ${summaryColumns}
     FROM unnest($1::bigint[], $2::int[]) AS w (run_no, key_id)
     JOIN tracking.metric_series s ON s.run_no = w.run_no AND s.key_id = w.key_id`,
    [series.map((one) => one.runNo), series.map((one) => one.keyId)],
  );
  return new Map(rows.map((row) => [seriesName({ runNo: row.run_no, keyId: row.key_id }), summaryOf(row)]));
}

const upsert = `INSERT INTO tracking.metric_series (run_no, key_id, ${summaryColumns})
  SELECT * FROM unnest($1::bigint[], $2::int[], ${columns.map(([, type], i) => `$${i + 3}::${type}[]`).join(", ")})
  ON CONFLICT (run_no, key_id) DO UPDATE SET ${columns.map(([name]) => `${name} = EXCLUDED.${name}`).join(", ")}`;

export async function storeSummaries(client: Queryable, series: readonly SeriesSummary[]): Promise<void> {
  if (series.length === 0) return;
  const values = series.map((one) => valuesOf(one.summary));
  await client.query({
    name: "tracking.store_summaries",
    text: upsert,
    values: [
      series.map((one) => one.runNo),
      series.map((one) => one.keyId),
      ...columns.map((_, column) => values.map((row) => row[column])),
    ],
  });
}
