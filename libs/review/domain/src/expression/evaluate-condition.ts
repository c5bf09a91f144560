import { summarise } from "../diff/compare-means.ts";
import { nameMetric } from "../facts/metric-name.ts";
import type { MetricFact } from "../facts/version-facts.ts";
import type { ComparisonOperator, Condition, MetricReference, Term } from "./expression.ts";

/** One comparison of one slice: what was compared, and whether it holds. */
export interface Finding {
  readonly holds: boolean;
  /** For people: `auc = 0.871, which is not >= 0.89`. */
  readonly text: string;
  /** The metric it is about, as `nameMetric` spells it. */
  readonly metric: string;
}

export interface Evaluation {
  readonly holds: boolean;
  readonly findings: readonly Finding[];
}

export interface EvaluatedMetrics {
  readonly candidate: readonly MetricFact[];
  /** Undefined: there is no base, so what is said of it holds of itself. */
  readonly base: readonly MetricFact[] | undefined;
}

export function evaluateCondition(condition: Condition, metrics: EvaluatedMetrics, text: string): Evaluation {
  switch (condition.kind) {
    case "all":
    case "any": {
      const parts = condition.parts.map((part) => evaluateCondition(part, metrics, text));
      const holds =
        condition.kind === "all" ? parts.every((part) => part.holds) : parts.some((part) => part.holds);
      return { holds, findings: parts.flatMap(({ findings }) => findings) };
    }
    case "not": {
      const { holds, findings } = evaluateCondition(condition.part, metrics, text);
      return { holds: !holds, findings: findings.map((one) => ({ ...one, holds: !one.holds })) };
    }
    case "comparison": {
      const findings = compareSlices(condition, metrics, text);
      return { holds: findings.every(({ holds }) => holds), findings };
    }
  }
}

type Comparison = Condition & { readonly kind: "comparison" };
type Slice = Readonly<Record<string, string>>;

function compareSlices(condition: Comparison, metrics: EvaluatedMetrics, text: string): readonly Finding[] {
  const open = [condition.left, condition.right].flatMap(openReferences);
  const [pattern] = open;
  const said = text.slice(condition.span.start, condition.span.end);
  if (!pattern) return [compare(condition, metrics, {}, said)];
  const dimensions = Object.keys(pattern.slice).filter((name) => pattern.slice[name] === "*");
  // A slice that only the base has is one that the candidate lost.
  const known = [...metrics.candidate, ...(metrics.base ?? [])].filter((fact) => matches(fact, pattern));
  const slices = [...new Map(known.map((fact) => [nameMetric(fact), fact])).values()];
  if (slices.length === 0)
    return [
      {
        holds: false,
        metric: nameMetric(pattern),
        text: `the candidate has no ${pattern.name} by ${dimensions.join(" and ")}, which '${said}' asks for`,
      },
    ];
  return slices.map(({ slice }) =>
    compare(
      condition,
      metrics,
      Object.fromEntries(dimensions.map((name) => [name, slice[name] ?? ""])),
      said,
    ),
  );
}

function compare(condition: Comparison, metrics: EvaluatedMetrics, at: Slice, said: string): Finding {
  const main = [condition.left, condition.right].flatMap(allReferences)[0];
  const metric = main ? nameMetric(place(main, at)) : said;
  const [left, right] = [readTerm(condition.left, metrics, at), readTerm(condition.right, metrics, at)];
  for (const side of [left, right]) {
    if (side.missing === undefined) continue;
    return { holds: side.isExcused, metric, text: side.missing };
  }
  const [a, b] = [left.value ?? Number.NaN, right.value ?? Number.NaN];
  const holds = operators[condition.operator](a, b);
  const compared = operators[condition.operator];
  const digits = precisions.find((one) => compared(round(a, one), round(b, one)) === holds);
  const printed = [a, b].map((value) => String(digits === undefined ? value : round(value, digits)));
  const text = `${metric}: ${printed[0]} ${holds ? "is" : "is not"} ${condition.operator} ${printed[1]}`;
  return { holds, metric, text };
}

interface Value {
  readonly value?: number;
  readonly missing?: string;
  /** Missing because there is no base at all. */
  readonly isExcused: boolean;
}

function readTerm(term: Term, metrics: EvaluatedMetrics, at: Slice): Value {
  switch (term.kind) {
    case "number":
      return { value: term.value, isExcused: false };
    case "abs": {
      const inner = readTerm(term.term, metrics, at);
      return inner.value === undefined ? inner : { value: Math.abs(inner.value), isExcused: false };
    }
    case "calculation": {
      const left = readTerm(term.left, metrics, at);
      const right = readTerm(term.right, metrics, at);
      // What the candidate lacks counts before what nobody can be blamed for.
      const missing = [left, right].filter((side) => side.missing !== undefined);
      const worst = missing.find((side) => !side.isExcused) ?? missing[0];
      if (worst) return worst;
      return { value: calculations[term.operator](left.value ?? 0, right.value ?? 0), isExcused: false };
    }
    case "metric": {
      const wanted = place(term.reference, at);
      const facts = term.of === "base" ? metrics.base : metrics.candidate;
      if (facts === undefined)
        return { missing: `${nameMetric(wanted)}: there is no base to compare with`, isExcused: true };
      const found = facts.find((fact) => nameMetric(fact) === nameMetric(wanted));
      if (found && found.values.length > 0) return { value: summarise(found.values).mean, isExcused: false };
      return { missing: `the ${term.of} has no ${nameMetric(wanted)}`, isExcused: false };
    }
  }
}

const operators: Readonly<Record<ComparisonOperator, (a: number, b: number) => boolean>> = {
  ">=": (a, b) => a >= b,
  "<=": (a, b) => a <= b,
  "==": (a, b) => a === b,
  "!=": (a, b) => !Number.isNaN(a) && !Number.isNaN(b) && a !== b,
  ">": (a, b) => a > b,
  "<": (a, b) => a < b,
};

const calculations = {
  "+": (a: number, b: number) => a + b,
  "-": (a: number, b: number) => a - b,
  "*": (a: number, b: number) => a * b,
  "/": (a: number, b: number) => a / b,
} as const;

function allReferences(term: Term): readonly MetricReference[] {
  if (term.kind === "metric") return [term.reference];
  if (term.kind === "calculation") return [...allReferences(term.left), ...allReferences(term.right)];
  return term.kind === "abs" ? allReferences(term.term) : [];
}

function openReferences(term: Term): readonly MetricReference[] {
  return allReferences(term).filter(({ slice }) => Object.values(slice).includes("*"));
}

function place(reference: MetricReference, at: Slice): MetricReference {
  const entries = Object.entries(reference.slice);
  return {
    name: reference.name,
    slice: Object.fromEntries(
      entries.map(([name, value]) => [name, value === "*" ? (at[name] ?? "*") : value]),
    ),
  };
}

function matches(fact: MetricFact, pattern: MetricReference): boolean {
  const names = Object.keys(pattern.slice);
  return (
    fact.name === pattern.name &&
    names.length === Object.keys(fact.slice).length &&
    names.every((name) => {
      const value = fact.slice[name];
      return value !== undefined && (pattern.slice[name] === "*" || pattern.slice[name] === value);
    })
  );
}

/** As few digits as show why it holds or not. */
const precisions = [4, 6, 9, 12];

function round(value: number, digits: number): number {
  return Number.isFinite(value) ? Number(value.toPrecision(digits)) : value;
}
