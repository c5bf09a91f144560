import { type ColumnType, printComparison, type StatementValues } from "@runweir/postgres";
import { promptTag } from "@runweir/registry-domain";
import { type OrderTerm, printExpression } from "@runweir/sql";
import type { Comparison, Expression, OrderBy } from "@runweir/tracking-domain";

/** What one kind of search (models, versions) asks of which table. */
export interface Searched {
  readonly attributes: Readonly<Record<string, { column: string; type: ColumnType; nullable?: true }>>;
  /** Selects a tag's row as `s`, but for its key. */
  readonly tags: string;
  /** The order that follows whatever was asked for; its last terms make it unique. */
  readonly defaultOrder: readonly OrderBy[];
  /** The order of ties, when an order was asked for. */
  readonly tieOrder: readonly OrderBy[];
}

const by = (key: string, ascending: boolean): OrderBy => ({ field: { entity: "attribute", key }, ascending });

/** `m` is registry.model. */
export const searchedModels: Searched = {
  attributes: {
    name: { column: "m.name", type: "text" },
    creation_time: { column: "m.creation_time", type: "bigint" },
    last_update_time: { column: "m.last_update_time", type: "bigint" },
  },
  tags: "registry.model_tag s WHERE s.model_no = m.model_no",
  defaultOrder: [by("name", true)],
  tieOrder: [by("name", true)],
};

/** `v` is registry.model_version, `m` its model. */
export const searchedVersions: Searched = {
  attributes: {
    name: { column: "m.name", type: "text" },
    version_number: { column: "v.version", type: "bigint" },
    run_id: { column: "v.run_id", type: "text", nullable: true },
    source_path: { column: "v.source", type: "text" },
    creation_time: { column: "v.creation_time", type: "bigint" },
    last_update_time: { column: "v.last_update_time", type: "bigint" },
  },
  tags: "registry.model_version_tag s WHERE s.model_no = v.model_no AND s.version = v.version",
  defaultOrder: [by("last_update_time", false), by("name", true), by("version_number", false)],
  tieOrder: [by("name", true), by("version_number", false)],
};

export function printRegistryCondition(
  where: Expression,
  searched: Searched,
  values: StatementValues,
): string {
  return printExpression(where, (comparison: Comparison) => printOne(comparison, searched, values));
}

function printOne(comparison: Comparison, searched: Searched, values: StatementValues): string {
  const { field } = comparison;
  if (field.entity === "attribute") {
    const { column, type, nullable } = attributeOf(searched, field.key);
    const printed = printComparison(column, type, comparison, values);
    // Never NULL, and still of use to an index.
    return nullable ? `(${column} IS NOT NULL AND ${printed})` : printed;
  }
  if (field.entity !== "tag") throw new Error(`The registry is not searched by ${field.entity}.`);
  if (field.key === promptTag) return printPrompt(comparison, values);
  return `EXISTS (SELECT FROM ${searched.tags} AND s.key = ${values.add(field.key)} AND ${printComparison("s.value", "text", comparison, values)})`;
}

/** Being a prompt is a matter of the model, and of every model: without the tag it is `false`. */
function printPrompt(comparison: Comparison, values: StatementValues): string {
  const { value, operator } = comparison;
  // What nearly every search says; the planner can look for the few prompts instead of asking about every model.
  if (operator === "!=" && value === "true")
    return `NOT EXISTS (SELECT FROM ${searchedModels.tags} AND s.key = ${values.add(promptTag)} AND lower(s.value) = 'true')`;
  const tag = `coalesce((SELECT lower(s.value) FROM ${searchedModels.tags} AND s.key = ${values.add(promptTag)}), 'false')`;
  const lowered = typeof value === "string" ? value.toLowerCase() : value;
  return printComparison(tag, "text", { ...comparison, value: lowered }, values);
}

export function printRegistryOrder(orderBy: readonly OrderBy[], searched: Searched): readonly OrderTerm[] {
  const wanted = orderBy.length > 0 ? [...orderBy, ...searched.tieOrder] : searched.defaultOrder;
  const seen = new Set<string>();
  return wanted.flatMap(({ field, ascending }): readonly OrderTerm[] => {
    if (seen.has(field.key)) return [];
    seen.add(field.key);
    const { column, type, nullable } = attributeOf(searched, field.key);
    return [{ name: field.key, expression: column, type, ascending, nullable: nullable ?? false }];
  });
}

function attributeOf({ attributes }: Searched, key: string) {
  const attribute = attributes[key];
  if (!attribute) throw new Error(`The registry is not searched by ${key}.`);
  return attribute;
}
