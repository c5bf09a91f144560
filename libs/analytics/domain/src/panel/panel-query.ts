import type { QueryParameter } from "../saved/saved-query.ts";

export type FigureKind = "bar" | "line" | "scatter" | "histogram";

/** How a result is drawn; columns by their names in it. */
export interface FigureDefinition {
  readonly kind: FigureKind;
  readonly x: string;
  /** Absent in a histogram, which counts. */
  readonly y?: string | undefined;
  /** Splits into one series per value. */
  readonly series?: string | undefined;
}

/** A question and how its answer is shown: all that a panel is. It can be kept, sent and asked again. */
export interface PanelQuery {
  readonly sql: string;
  readonly parameters: readonly QueryParameter[];
  /** The table itself when absent. */
  readonly figure?: FigureDefinition | undefined;
}
