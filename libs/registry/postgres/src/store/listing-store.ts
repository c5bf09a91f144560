import { printVisible, readPage, type Statements, StatementValues } from "@runweir/postgres";
import type {
  Alias,
  FacetValue,
  ListingStore,
  ModelFacets,
  ModelSummary,
  StoredSelection,
} from "@runweir/registry-domain";
import type { Tag } from "@runweir/tracking-domain";
import {
  printRegistryCondition,
  printRegistryOrder,
  searchedModels,
} from "../search/print-registry-search.ts";
import { modelAliases, modelTags } from "./model-rows.ts";

const describedLength = 300;
const facetValuesMax = 50;

interface SummaryRow {
  readonly name: string;
  readonly description: string | null;
  readonly creator_id: string;
  readonly creation_time: number;
  readonly last_update_time: number;
  readonly version_count: number;
  readonly tags: readonly Tag[] | null;
  readonly aliases: readonly Alias[] | null;
  readonly stages: readonly { readonly stage: string; readonly version: number }[] | null;
  readonly latest: number | null;
}

const columns = `m.name, left(m.description, ${describedLength}) AS description, m.creator_id, m.creation_time,
  m.last_update_time, m.version_count, ${modelTags} AS tags, ${modelAliases} AS aliases,
  (SELECT json_agg(json_build_object('stage', h.target, 'version', h.version) ORDER BY h.target)
   FROM registry.target_history h
   WHERE h.model_no = m.model_no AND h.kind = 'stage' AND h.valid_to IS NULL AND h.version IS NOT NULL) AS stages,
  (SELECT v.version FROM registry.model_version v WHERE v.model_no = m.model_no AND v.deleted_time IS NULL
   ORDER BY v.version DESC LIMIT 1) AS latest`;

export function listingStore(database: Statements): ListingStore {
  return {
    async listModels(workspace, { orderBy, ascending, limit, pageToken, ...selection }) {
      const values = new StatementValues();
      const page = await readPage<SummaryRow>(database, {
        columns,
        tables: "registry.model m",
        conditions: printSelection(workspace, selection, values),
        terms: printRegistryOrder(
          [{ field: { entity: "attribute", key: orderBy }, ascending }],
          searchedModels,
        ),
        values,
        limit,
        pageToken,
      });
      return { ...page, items: page.items.map(toSummary) };
    },

    async countFacets(workspace, selection) {
      const values = new StatementValues();
      const conditions = printSelection(workspace, selection, values).join(" AND ");
      const pieces = Object.entries(facets).map(([kind, { value, from }]) => {
        const counted = `SELECT ${value} AS value, count(*)::int AS models FROM ${from}
          GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${facetValuesMax}`;
        return `(SELECT json_agg(f) FROM (${counted}) f) AS ${kind}`;
      });
      const [row] = await database.query<
        Record<keyof typeof facets, readonly FacetValue[] | null> & { models: number }
      >(
        `WITH selected AS MATERIALIZED (
           SELECT m.model_no, m.creator_id FROM registry.model m WHERE ${conditions}
         )
         SELECT (SELECT count(*)::int FROM selected) AS models, ${pieces.join(", ")}`,
        values.list,
      );
      return {
        models: row?.models ?? 0,
        owners: row?.owners ?? [],
        aliases: row?.aliases ?? [],
        stages: row?.stages ?? [],
        tags: row?.tags ?? [],
      };
    },
  };
}

/** `m` is a selected model; no value of it occurs twice, so that rows are models. */
const facets = {
  owners: { value: "m.creator_id", from: "selected m" },
  aliases: { value: "a.alias", from: "selected m JOIN registry.model_alias a USING (model_no)" },
  stages: {
    value: "h.target",
    from: `selected m JOIN registry.target_history h
      ON h.model_no = m.model_no AND h.kind = 'stage' AND h.valid_to IS NULL AND h.version IS NOT NULL`,
  },
  tags: { value: "t.key", from: "selected m JOIN registry.model_tag t USING (model_no)" },
} satisfies Readonly<Record<Exclude<keyof ModelFacets, "models">, { value: string; from: string }>>;

/** The models that a selection selects, as conditions on registry.model `m`. */
export function printSelection(
  workspace: string,
  { where, text, owner, alias, stage, visible = "all" }: StoredSelection,
  values: StatementValues,
): readonly string[] {
  const conditions = [`m.workspace = ${values.add(workspace)}`, "m.deleted_time IS NULL"];
  if (visible !== "all") conditions.push(printVisible(visible, { name: "m.name" }, values));
  if (where) conditions.push(printRegistryCondition(where, searchedModels, values));
  if (text) conditions.push(`strpos(lower(m.name), ${values.add(text.toLowerCase())}) > 0`);
  if (owner) conditions.push(`m.creator_id = ${values.add(owner)}`);
  if (alias)
    conditions.push(
      `EXISTS (SELECT FROM registry.model_alias a WHERE a.model_no = m.model_no AND a.alias = ${values.add(alias)})`,
    );
  if (stage)
    conditions.push(
      `EXISTS (SELECT FROM registry.model_version v
         WHERE v.model_no = m.model_no AND v.stage = ${values.add(stage)} AND v.deleted_time IS NULL)`,
    );
  return conditions;
}

function toSummary(row: SummaryRow): ModelSummary {
  return {
    name: row.name,
    description: row.description ?? undefined,
    creatorId: row.creator_id,
    creationTime: row.creation_time,
    lastUpdateTime: row.last_update_time,
    tags: row.tags ?? [],
    aliases: row.aliases ?? [],
    stages: row.stages ?? [],
    versions: row.version_count,
    latestVersion: row.latest ?? undefined,
  };
}
