import type { PlaceName, PointBatch, RunPoints, SenderPosition } from "@runweir/ingest-domain";
import type { FormatLimits } from "../format-limits.ts";
import { malformedBody, refused } from "../refusals.ts";
import { readArray, readKeyIndexes, readNumbers, readValues } from "./json-columns.ts";
import { type JsonRecord, readRecord, readText, requireKnownFields } from "./json-record.ts";

const columnFields = ["run_id", "client", "sequence", "keys", "key", "step", "timestamp", "value"];
const seriesFields = ["run_id", "client", "sequence", "series"];

/** Points as columns, from the body of a request (format version 1, see the README). */
export function readJsonPoints(body: Buffer, limits: FormatLimits): readonly RunPoints[] {
  const request = readRecord(parseJson(body, limits), "body");
  requireKnownFields(request, ["runs"], "body");
  return readJsonRuns(request.runs);
}

/** Field `runs` of a request that has been parsed. */
export function readJsonRuns(runs: unknown): readonly RunPoints[] {
  return readArray(runs, "runs").map((json, i) => readRun(json, `runs[${i}]`));
}

export function parseJson(body: Buffer, limits: Pick<FormatLimits, "jsonBrackets">): unknown {
  requireFewBrackets(body, limits.jsonBrackets);
  try {
    return JSON.parse(body.toString());
  } catch (error) {
    throw malformedBody(
      `it is not JSON (${(error as Error).message}); NaN and infinities are written "NaN", "Infinity" and "-Infinity"`,
      error,
    );
  }
}

/** Brackets cost the parser far more memory than their byte, and nesting is made of them. */
function requireFewBrackets(body: Buffer, bracketsMax: number): void {
  let brackets = 0;
  for (const bracket of ["[", "{"]) {
    const code = bracket.charCodeAt(0);
    for (let at = body.indexOf(code); at >= 0; at = body.indexOf(code, at + 1)) {
      brackets += 1;
      if (brackets > bracketsMax)
        throw malformedBody(`it has more than ${bracketsMax} arrays and objects; send fewer series at once`);
    }
  }
}

function readRun(json: unknown, place: string): RunPoints {
  const run = readRecord(json, place);
  const asSeries = run.series !== undefined;
  requireKnownFields(run, asSeries ? seriesFields : columnFields, place);
  return {
    runId: readText(run.run_id, `${place}.run_id`),
    sender: readSender(run, place),
    ...(asSeries
      ? readSeries(run.series, `${place}.series`)
      : { points: readColumns(run, place), place: undefined }),
  };
}

function readSender({ client, sequence }: JsonRecord, place: string): SenderPosition | undefined {
  if (client === undefined && sequence === undefined) return undefined;
  if (typeof sequence !== "number")
    throw refused(`${place}.sequence`, "must be a number beside client", sequence);
  return { client: readText(client, `${place}.client`), sequence };
}

function readColumns(run: JsonRecord, place: string): PointBatch {
  const keys = readArray(run.keys, `${place}.keys`).map((key, i) => readText(key, `${place}.keys[${i}]`));
  const values = readValues(run.value, `${place}.value`);
  const count = values.length;
  return {
    keys,
    keyIndexes: readKeyIndexes(run.key, count, keys.length, `${place}.key`),
    steps: readNumbers(run.step, count, `${place}.step`),
    timestamps: readNumbers(run.timestamp, count, `${place}.timestamp`),
    values,
  };
}

interface SeriesColumns {
  readonly steps: Float64Array;
  readonly timestamps: Float64Array;
  readonly values: Float64Array;
}

/** `{ name: { step, timestamp, value } }`: each series by itself. A name is an own property, whatever it is called. */
function readSeries(
  json: unknown,
  place: string,
): { readonly points: PointBatch; readonly place: PlaceName } {
  const named = readRecord(json, place);
  const keys = Object.keys(named);
  const starts = new Uint32Array(keys.length + 1);
  const series = keys.map((key, i): SeriesColumns => {
    const at = `${place}[${JSON.stringify(key.slice(0, 80))}]`;
    const one = readRecord(named[key], at);
    requireKnownFields(one, ["step", "timestamp", "value"], at);
    const values = readValues(one.value, `${at}.value`);
    starts[i + 1] = (starts[i] as number) + values.length;
    return {
      values,
      steps: readNumbers(one.step, values.length, `${at}.step`),
      timestamps: readNumbers(one.timestamp, values.length, `${at}.timestamp`),
    };
  });
  const keyIndexes = new Uint32Array(starts[keys.length] as number);
  for (let i = 0; i < keys.length; i += 1) keyIndexes.fill(i, starts[i], starts[i + 1]);
  const points = {
    keys,
    keyIndexes,
    steps: join(series, "steps", starts),
    timestamps: join(series, "timestamps", starts),
    values: join(series, "values", starts),
  };
  return { points, place: placeInSeries(place, points, starts) };
}

function join(
  series: readonly SeriesColumns[],
  column: keyof SeriesColumns,
  starts: Uint32Array,
): Float64Array {
  const joined = new Float64Array(starts[series.length] as number);
  series.forEach((one, i) => {
    joined.set(one[column], starts[i]);
  });
  return joined;
}

function placeInSeries(place: string, { keys, keyIndexes }: PointBatch, starts: Uint32Array): PlaceName {
  const run = place.slice(0, -".series".length);
  return (column, index) => {
    if (index === undefined || column === "keys")
      return column === "step" || column === "keys" ? place : `${run}.${column}`;
    const series = keyIndexes[index] as number;
    return `${place}[${JSON.stringify(keys[series])}].${column}[${index - (starts[series] as number)}]`;
  };
}
