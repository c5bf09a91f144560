import {
  type Comparison,
  type Expression,
  type Field,
  metricAggregates,
  type Operator,
  type OrderBy,
  type RunTableField,
  runAttributes,
  runGrammar,
} from "@runweir/tracking-domain";
import fc from "fast-check";
import { metricKeys, numbers, startTimes, textKeys, texts } from "./generated-runs.ts";

const column: fc.Arbitrary<RunTableField> = fc.oneof(
  fc.record({
    entity: fc.constant("metric" as const),
    key: fc.constantFrom(...metricKeys),
    // Of a mean no snapshot is asked; it comes by now and then.
    aggregate: fc.constantFrom(...metricAggregates, ...metricAggregates.filter((one) => one !== "mean")),
  }),
  fc.record({ entity: fc.constant("param" as const), key: fc.constantFrom(...textKeys) }),
  fc.record({ entity: fc.constant("tag" as const), key: fc.constantFrom(...textKeys, "mlflow.runName") }),
  fc.record({ entity: fc.constant("attribute" as const), key: fc.constantFrom(...runAttributes) }),
);

const field: fc.Arbitrary<Field> = fc.oneof(
  { weight: 5, arbitrary: column },
  {
    weight: 1,
    arbitrary: fc.record({
      entity: fc.constant("dataset" as const),
      key: fc.constantFrom("name" as const, "digest" as const, "context" as const),
    }),
  },
);

/** Ids of runs and experiments are small here, or their beginnings are known. */
const wantedText = fc.oneof(
  fc.constantFrom(...texts, "ada", "iris", "d1", "train", "FINISHED", "active", "1", "2"),
  fc.string({ unit: "binary", maxLength: 3 }).filter((text) => !text.includes("\0")),
);

/** Patterns that match something: a text that is there, with some of its characters escaped or left open. */
const pattern = fc
  .constantFrom(...texts, "ada", "iris", "FINISHED", "mlflow-artifacts:/1")
  .chain((text) =>
    fc
      .tuple(
        ...Array.from(text, (letter) => fc.constantFrom(...formsOf(letter))),
        fc.constantFrom("", "", "%"),
      )
      .map((parts) => parts.join("")),
  );

function formsOf(letter: string): readonly string[] {
  const itself = /[%_\\]/.test(letter) ? `\\${letter}` : letter;
  return [itself, itself, itself, letter === "\\" ? "_" : letter, `\\${letter}`, "_", "%"];
}

const wantedNumber = fc.oneof(fc.constantFrom(...numbers, ...startTimes, 1, 2, 3), fc.double());

function operatorsOf(asked: Field): readonly Operator[] {
  return runGrammar.operators(asked).filter((one) => takesList(asked) || !isList(one));
}

function comparisonOf(asked: Field, allowed = operatorsOf(asked)): fc.Arbitrary<Comparison> {
  return fc.constantFrom(...allowed).chain((operator): fc.Arbitrary<Comparison> => {
    const kind = "comparison" as const;
    if (operator === "IS NULL" || operator === "IS NOT NULL")
      return fc.constant({ kind, field: asked, operator });
    if (isList(operator))
      return fc.array(wantedText, { maxLength: 3 }).map((value) => ({ kind, field: asked, operator, value }));
    // Regular expressions have a grammar of their own.
    if (operator === "MATCHES") return fc.constant({ kind, field: asked, operator, value: "^a.?" });
    const value = runGrammar.isNumeric(asked)
      ? wantedNumber
      : operator === "LIKE" || operator === "ILIKE"
        ? pattern
        : wantedText;
    return value.map((one) => ({ kind, field: asked, operator, value: one }));
  });
}

function isList(operator: Operator): boolean {
  return operator === "IN" || operator === "NOT IN";
}

function takesList(asked: Field): boolean {
  return asked.entity === "dataset" || (asked.entity === "attribute" && asked.key === "run_id");
}

const { expression } = fc.letrec<{ expression: Expression }>((tie) => ({
  expression: fc.oneof(
    { depthSize: "small", maxDepth: 3 },
    { weight: 3, arbitrary: field.chain((asked) => comparisonOf(asked)) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("not" as const), operand: tie("expression") }) },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constantFrom("and" as const, "or" as const),
        operands: fc.array(tie("expression"), { minLength: 1, maxLength: 3 }),
      }),
    },
  ),
}));

const order: fc.Arbitrary<OrderBy> = fc.record({ field: column, ascending: fc.boolean() });

/** What can be asked about the runs of `experimentIds`. */
export function generatedQueries(experimentIds: readonly string[]) {
  const runSet = {
    experimentIds: fc.subarray([...experimentIds, "987654"], { minLength: 1 }),
    where: fc.option(expression, { nil: undefined, freq: 6 }),
  };
  return {
    search: fc.record({
      ...runSet,
      orderBy: fc.array(order, { maxLength: 3 }),
      pageSize: fc.integer({ min: 7, max: 40 }),
    }),
    table: fc.record({
      ...runSet,
      columns: fc.array(column, { maxLength: 12 }),
      limit: fc.constantFrom(1, 10, 50_000),
    }),
  };
}

/** Every operator of every kind of field, each with that many values; and 0, whose sign engines may see. */
export function everyComparison(seed: number, values: number): readonly Comparison[] {
  const fields: readonly Field[] = [
    ...metricAggregates.map((aggregate) => ({ entity: "metric", key: metricKeys[0], aggregate }) as const),
    { entity: "param", key: textKeys[0] },
    { entity: "tag", key: textKeys[0] },
    ...runAttributes.map((key) => ({ entity: "attribute", key }) as const),
    ...(["name", "digest", "context"] as const).map((key) => ({ entity: "dataset", key }) as const),
  ];
  return fields.flatMap((asked) =>
    operatorsOf(asked).flatMap((operator): readonly Comparison[] => [
      ...fc.sample(comparisonOf(asked, [operator]), { seed, numRuns: values }),
      ...(runGrammar.isNumeric(asked)
        ? [{ kind: "comparison", field: asked, operator, value: 0 } as const]
        : []),
    ]),
  );
}
