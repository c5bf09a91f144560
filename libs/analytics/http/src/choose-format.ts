import type { ResultFormat } from "@runweir/analytics-domain";
import { DomainError } from "@runweir/errors";

export const mediaTypes = {
  json: "application/json",
  arrow: "application/vnd.apache.arrow.stream",
  csv: "text/csv",
  parquet: "application/vnd.apache.parquet",
} as const satisfies Record<ResultFormat, string>;

const formats = Object.entries(mediaTypes) as readonly (readonly [ResultFormat, string])[];

/** The form that an Accept header likes best (RFC 9110, 12.5.1); of several, the first of ours; JSON if it is absent. */
export function chooseFormat(accept: string | undefined): ResultFormat {
  const ranges = (accept ?? "*/*").split(",").map(readRange);
  const [best] = formats
    .map(([format, type]) => ({ format, weight: weightOf(type, ranges) }))
    .sort((a, b) => b.weight - a.weight);
  if (best !== undefined && best.weight > 0) return best.format;
  throw new DomainError(
    "invalid_argument",
    `Accept is '${accept}'; answers can be ${formats.map(([, type]) => type).join(", ")}.`,
    { field: "Accept", reason: "not_acceptable" },
  );
}

interface MediaRange {
  readonly type: string;
  readonly weight: number;
}

function readRange(text: string): MediaRange {
  const [type = "", ...parameters] = text.split(";").map((part) => part.trim().toLowerCase());
  const quality = parameters.find((parameter) => parameter.startsWith("q="));
  const weight = quality === undefined ? 1 : Number(quality.slice(2));
  return { type, weight: Number.isFinite(weight) ? weight : 0 };
}

/** What names a type more closely decides, whatever weight the wider range has. */
function weightOf(type: string, ranges: readonly MediaRange[]): number {
  const [family] = type.split("/");
  for (const candidate of [type, `${family}/*`, "*/*"]) {
    const found = ranges.find((range) => range.type === candidate);
    if (found !== undefined) return found.weight;
  }
  return 0;
}
