import { DomainError } from "@runweir/errors";
import type { Comparison, Expression, Field, MetricAggregate } from "../query.ts";
import { metricAggregates } from "../query.ts";
import { type Grammar, requireOperator } from "./grammar.ts";
import { parseField } from "./parse-field.ts";
import { type Token, tokenize } from "./tokenize.ts";

const numberForm = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const nestingMax = 50;
const comparisonsMax = 500;
/** Ten times what the longest list of runs takes; far longer ones overflow the stack of the pattern that reads strings. */
const charactersMax = 2_000_000;

/**
 * Parses MLflow's filter grammar (comparisons joined by AND) and our superset of it: OR, NOT, parentheses, MATCHES, and
 * `min(metrics.loss)` for statistics other than the latest value. Throws `invalid_argument` in MLflow's words where it
 * has words for it. An empty filter is no condition.
 */
export function parseFilter(filter: string | undefined, grammar: Grammar): Expression | undefined {
  if (!filter?.trim()) return undefined;
  if (filter.length > charactersMax)
    throw invalid(`The filter has ${filter.length} characters, at most ${charactersMax} are allowed.`);
  const tokens = tokenize(filter);
  const parser = new Parser(tokens, grammar);
  const expression = parser.disjunction(0);
  parser.requireEnd();
  return expression;
}

class Parser {
  readonly #tokens: readonly Token[];
  readonly #grammar: Grammar;
  #at = 0;
  #comparisons = 0;

  constructor(tokens: readonly Token[], grammar: Grammar) {
    this.#tokens = tokens;
    this.#grammar = grammar;
  }

  disjunction(depth: number): Expression {
    return this.#chain("OR", () => this.#chain("AND", () => this.#operand(depth)));
  }

  requireEnd(): void {
    if (this.#at < this.#tokens.length) throw invalidClause(this.#tokens.slice(this.#at));
  }

  #chain(keyword: "AND" | "OR", next: () => Expression): Expression {
    const operands = [next()];
    while (this.#takeKeyword(keyword)) operands.push(next());
    const [only] = operands;
    if (operands.length === 1 && only) return only;
    return { kind: keyword === "AND" ? "and" : "or", operands };
  }

  #operand(depth: number): Expression {
    if (depth > nestingMax) throw invalid(`The filter is nested more than ${nestingMax} levels deep.`);
    if (this.#takeKeyword("NOT")) return { kind: "not", operand: this.#operand(depth + 1) };
    if (this.#peek()?.kind === "open") {
      this.#at += 1;
      const inner = this.disjunction(depth + 1);
      if (this.#peek()?.kind !== "close") throw invalid("A parenthesis in the filter is never closed.");
      this.#at += 1;
      return inner;
    }
    return this.#comparison();
  }

  #comparison(): Comparison {
    this.#comparisons += 1;
    if (this.#comparisons > comparisonsMax)
      throw invalid(`The filter holds more than ${comparisonsMax} comparisons.`);
    const start = this.#at;
    const token = this.#peek();
    if (token?.kind !== "identifier") throw invalidClause(this.#tokens.slice(start));
    const readField = this.#fieldReader(token);
    const operator = this.#operator();
    if (!operator) throw invalidClause(this.#tokens.slice(start, this.#at + 1));
    const field = readField();
    if (operator === "IS NULL" || operator === "IS NOT NULL") {
      requireOperator(field, operator, this.#grammar);
      return { kind: "comparison", field, operator };
    }
    const value = operator === "IN" || operator === "NOT IN" ? this.#list(field) : this.#value(field);
    requireOperator(field, operator, this.#grammar);
    return { kind: "comparison", field, operator, value };
  }

  /** Takes the left side; the field itself is read later, so that a missing comparison is complained of first. */
  #fieldReader(token: Token & { kind: "identifier" }): () => Field {
    const aggregate = token.text.toLowerCase() as MetricAggregate;
    if (metricAggregates.includes(aggregate) && this.#tokens[this.#at + 1]?.kind === "open") {
      const inner = this.#tokens[this.#at + 2];
      if (inner?.kind !== "identifier" || this.#tokens[this.#at + 3]?.kind !== "close")
        throw invalidClause(this.#tokens.slice(this.#at, this.#at + 4));
      this.#at += 4;
      return () => {
        const field = parseField(inner.text, this.#grammar);
        if (field.entity !== "metric")
          throw invalid(`${aggregate}() takes a metric, for example ${aggregate}(metrics.loss).`);
        return { ...field, aggregate };
      };
    }
    this.#at += 1;
    return () => parseField(token.text, this.#grammar);
  }

  /** The comparator in upper case, which need not be a known one; undefined when there is none. */
  #operator(): string | undefined {
    const token = this.#peek();
    if (token?.kind === "operator") {
      this.#at += 1;
      return token.text === "<>" ? "!=" : token.text;
    }
    for (const words of [
      ["LIKE"],
      ["ILIKE"],
      ["MATCHES"],
      ["RLIKE"],
      ["IN"],
      ["NOT", "IN"],
      ["IS", "NOT", "NULL"],
      ["IS", "NULL"],
    ]) {
      if (words.every((word, i) => this.#isKeyword(word, this.#at + i))) {
        this.#at += words.length;
        return words[0] === "RLIKE" ? "MATCHES" : words.join(" ");
      }
    }
    return undefined;
  }

  #value(field: Field): string | number {
    const token = this.#peek();
    if (!token) {
      const clause = this.#tokens
        .slice(-2)
        .map((one) => one.text)
        .join(" ");
      throw invalid(
        `Invalid comparison clause. Expected 3 tokens found 2: a value is missing after '${clause}'.`,
      );
    }
    if (token.kind === "open") {
      this.#grammar.requireList(field);
      throw invalid("A list in parentheses is compared with IN or NOT IN.");
    }
    this.#at += 1;
    const isNumber = token.kind === "identifier" && numberForm.test(token.text);
    if (this.#grammar.isNumeric(field)) {
      if (isNumber) return Number(token.text);
      throw invalid(`Expected numeric value type for ${nameOfNumber(field)}. Found ${token.text}`);
    }
    if (token.kind === "string") return token.value;
    if (token.kind === "identifier" && token.quoted && token.text.startsWith('"')) return token.value;
    if (token.kind === "identifier" && !isNumber) {
      throw invalid(
        "Parameter value is either not quoted or unidentified quote types used for string value " +
          `${token.text}. Use either single or double quotes.`,
      );
    }
    throw invalid(
      field.entity === "param" || field.entity === "tag"
        ? `Expected a quoted string value for ${field.entity === "param" ? "parameter" : "tag"} (e.g. 'my-value'). Got value ${token.text}`
        : `Expected a quoted string value for ${field.entity === "dataset" ? "dataset attributes" : "attributes"}. Got value ${token.text}`,
    );
  }

  #list(field: Field): readonly string[] {
    this.#grammar.requireList(field);
    const values: string[] = [];
    if (this.#peek()?.kind !== "open") throw listExpected(this.#peek());
    do {
      this.#at += 1;
      const token = this.#peek();
      if (token?.kind !== "string" && !(token?.kind === "identifier" && token.quoted))
        throw listExpected(token);
      values.push(token.value);
      this.#at += 1;
    } while (this.#peek()?.kind === "comma");
    if (this.#peek()?.kind !== "close") throw listExpected(this.#peek());
    this.#at += 1;
    return values;
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#at];
  }

  #isKeyword(word: string, at: number): boolean {
    const token = this.#tokens[at];
    return token?.kind === "identifier" && !token.quoted && token.text.toUpperCase() === word;
  }

  #takeKeyword(word: string): boolean {
    if (!this.#isKeyword(word, this.#at)) return false;
    this.#at += 1;
    return true;
  }
}

function nameOfNumber(field: Field): string {
  return field.entity === "metric" ? "metric" : `numeric attribute: ${field.key}`;
}

function listExpected(found: Token | undefined): DomainError {
  return invalid(
    "While parsing a list in the query, expected string value, punctuation, or whitespace, " +
      `but got different type in list: ${found ? found.text : "the end of the filter"}`,
  );
}

function invalidClause(tokens: readonly Token[]): DomainError {
  return invalid(`Invalid clause(s) in filter string: '${tokens.map((token) => token.text).join(" ")}'`);
}

function invalid(message: string): DomainError {
  return new DomainError("invalid_argument", message, { field: "filter" });
}
