import { DomainError } from "@runweir/errors";
import { type Grammar, listOperators, nullOperators, numericOperators, textOperators } from "./grammar.ts";

const attributes = ["name", "experiment_id", "creation_time", "last_update_time"] as const;

/** The fields of a search over experiments: attributes and tags. */
export const experimentGrammar: Grammar = {
  orders: ["attribute"],
  field(entity, key) {
    if (entity === "tag" || entity === "tags") return { entity: "tag", key };
    if (entity !== undefined && entity !== "attribute" && entity !== "attributes")
      throw new DomainError(
        "invalid_argument",
        `Invalid entity type '${entity}'. Valid entity types are ('attribute', 'tag', 'tags')`,
        { field: "filter" },
      );
    if ((attributes as readonly string[]).includes(key)) return { entity: "attribute", key };
    throw new DomainError(
      "invalid_argument",
      `Invalid attribute key '${key}' specified. Valid keys are '{${attributes.map((one) => `'${one}'`).join(", ")}}'`,
      { field: "filter" },
    );
  },
  isNumeric: (field) =>
    field.entity === "attribute" && (field.key === "creation_time" || field.key === "last_update_time"),
  operators(field) {
    if (this.isNumeric(field)) return numericOperators;
    if (field.entity === "tag") return [...textOperators, ...nullOperators];
    return [...textOperators, ...listOperators];
  },
  requireList(field) {
    if (field.entity === "attribute" && field.key === "experiment_id") return;
    throw new DomainError(
      "invalid_argument",
      "Only ['experiment_id'] attributes support comparison with a list of quoted string values.",
      { field: "filter" },
    );
  },
};
