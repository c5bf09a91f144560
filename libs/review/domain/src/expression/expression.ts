/** Of the text, counted from 0. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface MetricReference {
  readonly name: string;
  /** By dimension; `*` stands for every value that there is. */
  readonly slice: Readonly<Record<string, string>>;
}

/** A condition on the metrics of a candidate and its base. */
export type Condition =
  | { readonly kind: "all" | "any"; readonly parts: readonly Condition[] }
  | { readonly kind: "not"; readonly part: Condition }
  | {
      readonly kind: "comparison";
      readonly operator: ComparisonOperator;
      readonly left: Term;
      readonly right: Term;
      readonly span: Span;
    };

export const comparisonOperators = [">=", "<=", "==", "!=", ">", "<"] as const;
export type ComparisonOperator = (typeof comparisonOperators)[number];

export type Term =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "metric"; readonly of: "candidate" | "base"; readonly reference: MetricReference }
  | {
      readonly kind: "calculation";
      readonly operator: "+" | "-" | "*" | "/";
      readonly left: Term;
      readonly right: Term;
    }
  | { readonly kind: "abs"; readonly term: Term };
