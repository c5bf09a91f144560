import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { experimentGrammar } from "./experiment-grammar.ts";
import type { Grammar } from "./grammar.ts";
import { loggedModelGrammar } from "./logged-model-grammar.ts";
import { parseFilter } from "./parse-filter.ts";
import { runGrammar } from "./run-grammar.ts";

const parse = (filter: string, grammar: Grammar = runGrammar) => parseFilter(filter, grammar);

describe("comparisons", () => {
  it.each([
    ["metrics.loss < 0.5", "metric", "loss", "<", 0.5],
    ["metric.loss>=-1e-3", "metric", "loss", ">=", -0.001],
    ["metrics.`val/acc top 1` = .5", "metric", "val/acc top 1", "=", 0.5],
    ['metrics."a.b" != 3', "metric", "a.b", "!=", 3],
    ["metrics.a.b.c > 1", "metric", "a.b.c", ">", 1],
    ["params.lr = '0.1'", "param", "lr", "=", "0.1"],
    ['parameter.lr LIKE "0.%"', "param", "lr", "LIKE", "0.%"],
    ["tag.mlflow.source.name ilike '%train%'", "tag", "mlflow.source.name", "ILIKE", "%train%"],
    ["tags.note = 'it''s \\'so\\''", "tag", "note", "=", "it's 'so'"],
    ["status = 'RUNNING'", "attribute", "status", "=", "RUNNING"],
    ["attr.created > 12", "attribute", "start_time", ">", 12],
    ["attributes.`Run Name` != 'x'", "attribute", "run_name", "!=", "x"],
    ["dataset.context = 'train'", "dataset", "context", "=", "train"],
  ])("%s", (filter, entity, key, operator, value) => {
    expect(parse(filter)).toMatchObject({ kind: "comparison", field: { entity, key }, operator, value });
  });

  it("knows lists, absence and statistics", () => {
    expect(parse("run_id IN ('a', \"b\")")).toMatchObject({ operator: "IN", value: ["a", "b"] });
    expect(parse("datasets.name not in ('a')")).toMatchObject({ operator: "NOT IN", value: ["a"] });
    expect(parse("tags.x IS NULL")).toEqual({
      kind: "comparison",
      field: { entity: "tag", key: "x" },
      operator: "IS NULL",
    });
    expect(parse("params.x is not null")).toMatchObject({ operator: "IS NOT NULL" });
    expect(parse("min(metrics.loss) < 1")).toMatchObject({ field: { aggregate: "min" } });
    expect(parse("metrics.min < 1")).toMatchObject({ field: { key: "min", aggregate: "last" } });
  });

  it("an empty filter is no condition", () => {
    expect(parse("")).toBeUndefined();
    expect(parse("  \n")).toBeUndefined();
    expect(parseFilter(undefined, runGrammar)).toBeUndefined();
  });
});

it("AND binds tighter than OR, NOT tightest, parentheses as written", () => {
  const [a, b, c] = ["status = 'a'", "status = 'b'", "status = 'c'"].map((one) => parse(one));
  expect(parse("status = 'a' OR status = 'b' AND NOT status = 'c'")).toEqual({
    kind: "or",
    operands: [a, { kind: "and", operands: [b, { kind: "not", operand: c }] }],
  });
  expect(parse("(status = 'a' or status = 'b') and status = 'c'")).toEqual({
    kind: "and",
    operands: [{ kind: "or", operands: [a, b] }, c],
  });
});

describe("what is refused, in the words clients know", () => {
  it.each([
    [
      "foo.bar = 'x'",
      "Invalid entity type 'foo'. Valid values are ['metric', 'parameter', 'tag', 'attribute', 'dataset']",
    ],
    ["metrics.loss = 'x'", "Expected numeric value type for metric. Found 'x'"],
    ["metrics.loss = high", "Expected numeric value type for metric. Found high"],
    ["start_time > 'x'", "Expected numeric value type for numeric attribute: start_time. Found 'x'"],
    ["params.lr = 0.1", "Expected a quoted string value for parameter (e.g. 'my-value'). Got value 0.1"],
    ["tags.t = 5", "Expected a quoted string value for tag (e.g. 'my-value'). Got value 5"],
    ["status = 5", "Expected a quoted string value for attributes. Got value 5"],
    [
      "params.lr = high",
      "Parameter value is either not quoted or unidentified quote types used for string value high. Use either single or double quotes.",
    ],
    ["nope = 'x'", "Invalid attribute key 'nope' specified. Valid keys are '"],
    ["dataset.size = 'x'", "Invalid dataset key 'size' specified. Valid keys are '"],
    ["metrics.loss", "Invalid clause(s) in filter string: 'metrics.loss'"],
    ["metrics.loss < 1, metrics.acc > 2", "Invalid clause(s) in filter string: ', metrics.acc > 2'"],
    ["metrics.loss < 1 metrics.acc > 2", "Invalid clause(s) in filter string: 'metrics.acc > 2'"],
    ["params.lr > 'x'", "Invalid comparator '>' not one of '"],
    ["metrics.loss == 1", "Invalid comparator '==' not one of '"],
    ["status IN ('x')", "Only ['run_id'] attributes support comparison with a list of quoted string values."],
    ["run_id IN ('x'", "While parsing a list in the query"],
    ["run_id IN (1)", "While parsing a list in the query"],
    ["status IS NULL", "IS NULL / IS NOT NULL is only supported for tags and params"],
    ["params.lr = 'x", "never closed"],
    ["(status = 'x'", "A parenthesis in the filter is never closed."],
    ["min(params.lr) < 1", "min() takes a metric"],
    ["metrics.loss <", "Invalid comparison clause"],
  ])("%s", (filter, message) => {
    expect(() => parse(filter)).toThrow(message);
  });

  it("other searches know other fields", () => {
    expect(() => parse("metrics.loss < 1", experimentGrammar)).toThrow("Invalid entity type 'metrics'");
    expect(() => parse("metricz.loss < 1", loggedModelGrammar)).toThrow("Invalid entity type: 'metricz'");
    expect(parse("creation_time > 5 AND tags.a = 'b'", experimentGrammar)).toMatchObject({ kind: "and" });
    expect(parse("last_updated_timestamp > 5", loggedModelGrammar)).toMatchObject({
      field: { key: "last_update_time" },
    });
  });

  it("filters too deep or too long", () => {
    expect(() => parse(`${"(".repeat(60)}status = 'x'${")".repeat(60)}`)).toThrow("nested");
    expect(() => parse(Array(600).fill("status = 'x'").join(" AND "))).toThrow("more than 500");
    expect(() => parse(`tags.a = '${"x".repeat(20_000_000)}'`)).toThrow("at most 2000000 are allowed");
    expect(parse(`tags.a = '${"x".repeat(1_900_000)}'`)).toMatchObject({ operator: "=" });
  });
});

it("never fails otherwise than with a clear error, whatever is typed", () => {
  const piece = fc.constantFrom(
    "metrics.",
    "loss",
    "params.`a b`",
    "'x'",
    '"',
    "'",
    "`",
    "AND",
    "OR",
    "NOT",
    "(",
    ")",
    "<",
    "=",
    "IN",
    "IS",
    "NULL",
    "1.5",
    ",",
    ";",
    "--",
    "\\",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), fc.constantFrom(" ", ""), (pieces, glue) => {
      try {
        parse(pieces.join(glue));
      } catch (error) {
        expect(error).toMatchObject({ name: "DomainError", code: "invalid_argument", field: "filter" });
      }
    }),
    { numRuns: 2_000 },
  );
});
