import type { SeriesPoints } from "@runweir/ingest-domain";

/**
 * The points of one series as MLflow's `Metric` messages, comma-separated JSON. Written as text at once: an object per
 * point, printed afterwards, takes several times as long, and histories have tens of thousands of points.
 */
export function printPoints(points: SeriesPoints, key: string, runId?: string): string {
  const { steps, timestamps, values } = points;
  const head = `{"key":${JSON.stringify(key)},"value":`;
  const tail = runId === undefined ? "}" : `,"run_id":${JSON.stringify(runId)}}`;
  let text = "";
  for (let index = 0; index < values.length; index++) {
    if (index > 0) text += ",";
    text += `${head}${printDouble(values[index] as number)},"timestamp":${timestamps[index]},"step":${steps[index]}${tail}`;
  }
  return text;
}

function printDouble(value: number): string {
  return Number.isFinite(value) ? String(value) : `"${value}"`;
}

/** The protocol leaves an empty list out. */
export function printHistory(series: readonly string[], nextPageToken?: string): string {
  const metrics = series.filter((text) => text !== "").join(",");
  const fields = [
    ...(metrics === "" ? [] : [`"metrics":[${metrics}]`]),
    ...(nextPageToken === undefined ? [] : [`"next_page_token":${JSON.stringify(nextPageToken)}`]),
  ];
  return `{${fields.join(",")}}`;
}
