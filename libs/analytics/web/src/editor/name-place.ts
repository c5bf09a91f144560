/** Names that people choose themselves, and so cannot know by heart. */
export type NameKind = "metric" | "param" | "tag";

export interface NamePlace {
  readonly kind: NameKind;
  /** What of the name is typed already. */
  readonly typed: string;
}

const inMap = /\b(params|tags)\s*\[\s*'([^'\n]*)$/i;
const comparedKey =
  /\bkey\s*(?:=|<>|!=|(?:not\s+)?i?like|(?:not\s+)?in\s*\((?:\s*'[^'\n]*'\s*,)*)\s*'([^'\n]*)$/i;

/** Whether the cursor stands in a text that names a metric, param or tag: `key = '…`, `key IN ('a', '…`, `params['…`. */
export function findNamePlace(before: string, statement: string): NamePlace | undefined {
  const [, map, ofMap] = inMap.exec(before) ?? [];
  if (map !== undefined && ofMap !== undefined)
    return { kind: map.toLowerCase() === "params" ? "param" : "tag", typed: ofMap };
  const [, typed] = comparedKey.exec(before) ?? [];
  if (typed === undefined) return undefined;
  if (/\bmetric_\w+/i.test(statement)) return { kind: "metric", typed };
  if (/\b(?:from|join)\s+params\b/i.test(statement)) return { kind: "param", typed };
  return /\b(?:from|join)\s+tags\b/i.test(statement) ? { kind: "tag", typed } : { kind: "metric", typed };
}
