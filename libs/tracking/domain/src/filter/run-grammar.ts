import { DomainError } from "@runweir/errors";
import type { Field } from "../query.ts";
import { type Grammar, listOperators, nullOperators, numericOperators, textOperators } from "./grammar.ts";

const entities = new Map<string, Field["entity"]>([
  ["metric", "metric"],
  ["metrics", "metric"],
  ["parameter", "param"],
  ["parameters", "param"],
  ["param", "param"],
  ["params", "param"],
  ["tag", "tag"],
  ["tags", "tag"],
  ["attribute", "attribute"],
  ["attributes", "attribute"],
  ["attr", "attribute"],
  ["run", "attribute"],
  ["dataset", "dataset"],
  ["datasets", "dataset"],
]);

/** A run's own fields, as searches and tables name them. */
export const runAttributes = [
  "run_id",
  "run_name",
  "user_id",
  "status",
  "start_time",
  "end_time",
  "artifact_uri",
  "experiment_id",
  "lifecycle_stage",
] as const;

const aliases: ReadonlyMap<string, string> = new Map([
  ["created", "start_time"],
  ["Created", "start_time"],
  ["run name", "run_name"],
  ["Run name", "run_name"],
  ["Run Name", "run_name"],
]);

const datasetKeys = ["name", "digest", "context"] as const;

/** The fields of a search over runs. */
export const runGrammar: Grammar = {
  orders: ["attribute", "metric", "param", "tag"],
  field(name, key) {
    const entity = name === undefined ? "attribute" : entities.get(name);
    switch (entity) {
      case "metric":
        return { entity, key, aggregate: "last" };
      case "param":
      case "tag":
        return { entity, key };
      case "attribute":
        return { entity, key: attributeOf(key) };
      case "dataset":
        return { entity, key: datasetKeyOf(key) };
      default:
        throw new DomainError(
          "invalid_argument",
          `Invalid entity type '${name}'. Valid values are ['metric', 'parameter', 'tag', 'attribute', 'dataset']`,
          { field: "filter" },
        );
    }
  },
  isNumeric: (field) =>
    field.entity === "metric" ||
    (field.entity === "attribute" && (field.key === "start_time" || field.key === "end_time")),
  operators(field) {
    if (this.isNumeric(field)) return numericOperators;
    if (field.entity === "param" || field.entity === "tag") return [...textOperators, ...nullOperators];
    return [...textOperators, ...listOperators];
  },
  requireList(field) {
    if (field.entity === "dataset") return;
    if (field.entity === "attribute" && field.key === "run_id") return;
    throw new DomainError(
      "invalid_argument",
      "Only ['run_id'] attributes support comparison with a list of quoted string values.",
      { field: "filter" },
    );
  },
};

function attributeOf(key: string): string {
  const attribute = aliases.get(key) ?? key;
  if ((runAttributes as readonly string[]).includes(attribute)) return attribute;
  throw new DomainError(
    "invalid_argument",
    `Invalid attribute key '${key}' specified. Valid keys are '{${runAttributes.map((one) => `'${one}'`).join(", ")}}'`,
    { field: "filter" },
  );
}

function datasetKeyOf(key: string): (typeof datasetKeys)[number] {
  const found = datasetKeys.find((one) => one === key);
  if (found) return found;
  throw new DomainError(
    "invalid_argument",
    `Invalid dataset key '${key}' specified. Valid keys are '{${datasetKeys.map((one) => `'${one}'`).join(", ")}}'`,
    { field: "filter" },
  );
}
