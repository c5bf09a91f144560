import {
  type ComparisonOperator,
  type Condition,
  comparisonOperators,
  type MetricReference,
  type Term,
} from "./expression.ts";
import { expressionError } from "./expression-error.ts";
import { type Token, tokenize } from "./tokenize.ts";

const depthMax = 50;

/**
 * `val/auc >= base - 0.002 && slice(country=*).auc >= 0.7`. Comparisons of metrics, numbers (`0.5`, `2%`), `abs(...)` and
 * arithmetic, joined with `&&`, `||`, `!` and brackets. `base` is the value that the base has of the metric on the other side;
 * `base(name)` that of another one.
 */
export function parseExpression(text: string): Condition {
  const tokens = tokenize(text);
  let at = 0;
  let depth = 0;
  const peek = (): Token => tokens[at] ?? { kind: "end", start: text.length, end: text.length };
  const is = (sign: string) => {
    const token = peek();
    return token.kind === "sign" && token.text === sign;
  };
  const take = (sign: string) => {
    if (!is(sign)) return false;
    at += 1;
    return true;
  };
  const fail = (problem: string, token = peek()) => expressionError(text, token.start, problem);
  const expect = (sign: string) => {
    if (!take(sign)) throw fail(`expected '${sign}', found ${describe(peek())}`);
  };
  const deeper = <Result>(work: () => Result): Result => {
    depth += 1;
    if (depth > depthMax) throw fail(`brackets go deeper than ${depthMax}`);
    const result = work();
    depth -= 1;
    return result;
  };

  function condition(): Condition {
    return joined("||", "any", () => joined("&&", "all", negation));
  }

  function joined(sign: string, kind: "all" | "any", part: () => Condition): Condition {
    const parts = [part()];
    while (take(sign)) parts.push(part());
    return parts.length === 1 && parts[0] ? parts[0] : { kind, parts };
  }

  function negation(): Condition {
    return deeper(() => {
      if (take("!")) return { kind: "not", part: negation() };
      // A bracket opens a condition or a calculation; which of them, its inside says.
      if (is("(")) {
        const start = at;
        try {
          at += 1;
          const inner = condition();
          if (take(")") && !startsTerm(peek())) return inner;
        } catch (error) {
          // Whichever reading came further knows better what is wrong.
          const reached = at;
          at = start;
          try {
            return comparison();
          } catch (other) {
            throw at > reached ? other : error;
          }
        }
        at = start;
      }
      return comparison();
    });
  }

  function comparison(): Condition {
    const first = peek();
    const left = sum();
    const sign = peek();
    const operator = comparisonOperators.find((one) => sign.kind === "sign" && sign.text === one);
    if (operator === undefined)
      throw fail(`expected a comparison (${comparisonOperators.join(", ")}), found ${describe(sign)}`, sign);
    at += 1;
    const right = sum();
    const span = { start: first.start, end: tokens[at - 1]?.end ?? text.length };
    const references = [...referencesOf(left), ...referencesOf(right)];
    const [one] = references;
    if (!one) throw fail("this compares no metric", first);
    return { kind: "comparison", operator, left: fill(left, one), right: fill(right, one), span };
  }

  function sum(): Term {
    return calculated(["+", "-"], () => calculated(["*", "/"], factor));
  }

  function calculated(operators: readonly ("+" | "-" | "*" | "/")[], part: () => Term): Term {
    let left = part();
    for (;;) {
      const operator = operators.find(is);
      if (operator === undefined) return left;
      at += 1;
      left = { kind: "calculation", operator, left, right: part() };
    }
  }

  function factor(): Term {
    return deeper(() => {
      if (take("-"))
        return { kind: "calculation", operator: "-", left: { kind: "number", value: 0 }, right: factor() };
      if (take("(")) {
        const inner = sum();
        expect(")");
        return inner;
      }
      const token = peek();
      if (token.kind === "number") {
        at += 1;
        return { kind: "number", value: token.value };
      }
      if (token.kind !== "name") throw fail(`expected a metric or a number, found ${describe(token)}`);
      at += 1;
      if (!token.isQuoted && token.text === "abs" && take("(")) {
        const term = sum();
        expect(")");
        return { kind: "abs", term };
      }
      if (!token.isQuoted && token.text === "base") {
        if (!take("(")) return { kind: "metric", of: "base", reference: unfilled };
        const reference = metric();
        expect(")");
        return { kind: "metric", of: "base", reference };
      }
      at -= 1;
      return { kind: "metric", of: "candidate", reference: metric() };
    });
  }

  function metric(): MetricReference {
    const token = peek();
    if (token.kind !== "name") throw fail(`expected a metric, found ${describe(token)}`);
    at += 1;
    if (token.isQuoted || token.text !== "slice" || !is("(")) {
      if (token.text === "") throw fail("a metric has a name", token);
      return { name: token.text, slice: {} };
    }
    expect("(");
    const slice: Record<string, string> = {};
    do {
      const dimension = word("a dimension of the slice");
      expect("=");
      slice[dimension] = take("*") ? "*" : word("a value, or *");
    } while (take(","));
    expect(")");
    expect(".");
    return { name: word("the metric of the slice"), slice };
  }

  function word(what: string): string {
    const token = peek();
    if (token.kind === "number") {
      at += 1;
      return text.slice(token.start, token.end);
    }
    if (token.kind !== "name") throw fail(`expected ${what}, found ${describe(token)}`);
    at += 1;
    return token.text;
  }

  const parsed = condition();
  if (peek().kind !== "end") throw fail(`expected && or ||, found ${describe(peek())}`);
  return parsed;
}

/** Stands for `base` until the other side of its comparison is known. */
const unfilled: MetricReference = { name: "", slice: {} };

function referencesOf(term: Term): readonly MetricReference[] {
  if (term.kind === "metric") return term.reference === unfilled ? [] : [term.reference];
  if (term.kind === "calculation") return [...referencesOf(term.left), ...referencesOf(term.right)];
  return term.kind === "abs" ? referencesOf(term.term) : [];
}

function fill(term: Term, reference: MetricReference): Term {
  if (term.kind === "metric") return term.reference === unfilled ? { ...term, reference } : term;
  if (term.kind === "calculation")
    return { ...term, left: fill(term.left, reference), right: fill(term.right, reference) };
  return term.kind === "abs" ? { ...term, term: fill(term.term, reference) } : term;
}

function startsTerm(token: Token): boolean {
  if (token.kind !== "sign") return false;
  const goesOn: readonly string[] = [...comparisonOperators, "+", "-", "*", "/"] satisfies (
    | ComparisonOperator
    | string
  )[];
  return goesOn.includes(token.text);
}

function describe(token: Token): string {
  if (token.kind === "end") return "the end";
  return token.kind === "number" ? "a number" : `'${token.text}'`;
}
