import { DomainError } from "@runweir/errors";
import { type Grammar, listOperators, numericOperators, textOperators } from "@runweir/tracking-domain";

/** What a search of the registry may name: attributes, by their wire names, and tags. */
interface Fields {
  readonly attributes: Readonly<Record<string, string>>;
  readonly lists: readonly string[];
}

const times = {
  creation_timestamp: "creation_time",
  last_updated_timestamp: "last_update_time",
} as const;

const numeric: readonly string[] = ["version_number", ...Object.values(times)];

export const modelGrammar = grammarOf({ attributes: { name: "name" }, lists: ["name"] });

/** `timestamp` is the old name of the last update. */
export const modelOrderGrammar = grammarOf({
  attributes: { name: "name", timestamp: "last_update_time", ...times },
  lists: [],
});

export const versionGrammar = grammarOf({
  attributes: {
    name: "name",
    version_number: "version_number",
    run_id: "run_id",
    source_path: "source_path",
  },
  lists: ["name", "run_id"],
});

export const versionOrderGrammar = grammarOf({
  attributes: { name: "name", version_number: "version_number", ...times },
  lists: [],
});

function grammarOf({ attributes, lists }: Fields): Grammar {
  const quoted = (names: readonly string[]) => names.map((name) => `'${name}'`).join(", ");
  return {
    orders: ["attribute"],
    field(entity, key) {
      if (entity === "tag" || entity === "tags") return { entity: "tag", key };
      if (entity !== undefined && entity !== "attribute")
        throw invalid(`Invalid entity type '${entity}'. Valid entity types are ('attribute', 'tag', 'tags')`);
      const attribute = Object.hasOwn(attributes, key) ? attributes[key] : undefined;
      if (attribute !== undefined) return { entity: "attribute", key: attribute };
      throw invalid(
        `Invalid attribute key '${key}' specified. Valid keys are '{${quoted(Object.keys(attributes))}}'`,
      );
    },
    isNumeric: (field) => field.entity === "attribute" && numeric.includes(field.key),
    operators(field) {
      if (this.isNumeric(field)) return numericOperators;
      return lists.includes(field.key) && field.entity === "attribute"
        ? [...textOperators, ...listOperators]
        : textOperators;
    },
    requireList(field) {
      if (field.entity === "attribute" && lists.includes(field.key)) return;
      throw invalid(
        `Only [${quoted(lists)}] attributes support comparison with a list of quoted string values.`,
      );
    },
  };
}

function invalid(message: string): DomainError {
  return new DomainError("invalid_argument", message, { field: "filter" });
}
