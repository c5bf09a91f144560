import { DomainError } from "@runweir/errors";
import { type Grammar, listOperators, numericOperators, textOperators } from "./grammar.ts";

const attributes: Readonly<Record<string, string>> = {
  name: "name",
  model_id: "model_id",
  model_type: "model_type",
  status: "status",
  source_run_id: "source_run_id",
  experiment_id: "experiment_id",
  creation_time: "creation_time",
  creation_timestamp: "creation_time",
  creation_timestamp_ms: "creation_time",
  last_updated_time: "last_update_time",
  last_updated_timestamp: "last_update_time",
  last_updated_timestamp_ms: "last_update_time",
};

/** The fields of a search over logged models (MLflow 3). */
export const loggedModelGrammar: Grammar = {
  orders: ["attribute", "metric"],
  field(entity, key) {
    switch (entity) {
      case undefined:
      case "attribute":
      case "attributes":
        return { entity: "attribute", key: attributeOf(key) };
      case "metrics":
      case "metric":
        return { entity: "metric", key, aggregate: "last" };
      case "params":
      case "param":
        return { entity: "param", key };
      case "tags":
      case "tag":
        return { entity: "tag", key };
      default:
        throw new DomainError(
          "invalid_argument",
          `Invalid entity type: '${entity}'. Expected one of ['attributes', 'metrics', 'params', 'tags'].`,
          { field: "filter" },
        );
    }
  },
  isNumeric: (field) =>
    field.entity === "metric" ||
    (field.entity === "attribute" && (field.key === "creation_time" || field.key === "last_update_time")),
  operators(field) {
    return this.isNumeric(field) ? numericOperators : [...textOperators, ...listOperators];
  },
  requireList() {},
};

function attributeOf(key: string): string {
  const attribute = Object.hasOwn(attributes, key) ? attributes[key] : undefined;
  if (attribute) return attribute;
  throw new DomainError(
    "invalid_argument",
    `Invalid order by or filter field name: ${key}. Allowed are ${Object.keys(attributes).join(", ")}, metrics., params. and tags.`,
    { field: "filter" },
  );
}
