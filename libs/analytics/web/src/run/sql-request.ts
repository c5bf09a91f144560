import type { SqlParameter } from "@runweir/analytics-domain";

/** Which snapshot a statement reads: the newest, the newest with what came since, or one by its number. */
export type SnapshotChoice = "newest" | "live" | number;

export interface SqlRequest {
  readonly sql: string;
  readonly params: Readonly<Record<string, SqlParameter>>;
  readonly snapshot: SnapshotChoice;
  readonly id?: string;
  /** False for questions that the page asks by itself. */
  readonly history?: boolean;
}

export const acceptOf = {
  arrow: "application/vnd.apache.arrow.stream",
  parquet: "application/vnd.apache.parquet",
  csv: "text/csv",
  json: "application/json",
} as const;

export type SqlFormat = keyof typeof acceptOf;

export function bodyOf({ sql, params, snapshot, id, history }: SqlRequest): string {
  return JSON.stringify({
    sql,
    params,
    ...(typeof snapshot === "number" ? { snapshot } : {}),
    ...(snapshot === "live" ? { tail: true } : {}),
    ...(id === undefined ? {} : { id }),
    ...(history === undefined ? {} : { history }),
  });
}
