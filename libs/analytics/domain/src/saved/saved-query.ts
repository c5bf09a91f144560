import type { Principal } from "@runweir/identity-domain";
import type { SqlParameter } from "../sql-query.ts";

export const queryParameterTypes = ["text", "number", "boolean", "text_list", "number_list"] as const;
export type QueryParameterType = (typeof queryParameterTypes)[number];

export interface QueryParameter {
  readonly name: string;
  readonly type: QueryParameterType;
  /** Null: whoever runs the query must give a value. */
  readonly default: SqlParameter;
}

/** What somebody writes of a query that is kept. */
export interface QueryDraft {
  readonly name: string;
  readonly description: string;
  readonly sql: string;
  readonly parameters: readonly QueryParameter[];
  /** Everybody of the workspace sees it and may change it; only its owner may take it back or delete it. */
  readonly isShared: boolean;
}

/** Times in milliseconds since 1970. */
export interface SavedQuery extends QueryDraft {
  readonly queryId: string;
  readonly owner: Principal;
  /** Grows with every change; who changes it names the version that they have seen. */
  readonly version: number;
  readonly creationTime: number;
  readonly lastUpdateTime: number;
  /** Who changed it last, for people to read. */
  readonly lastUpdateBy: string;
}

/** A way to a query for everybody of the workspace who has the link, also when it is not shared. */
export interface QueryLink {
  readonly linkId: string;
  readonly queryId: string;
  readonly creationTime: number;
  readonly expiryTime: number | null;
}
