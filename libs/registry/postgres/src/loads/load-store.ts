import { readPage, type Statements, StatementValues } from "@runweir/postgres";
import type { Loader, LoadStore, NewestLoad, Target, VersionLoad } from "@runweir/registry-domain";

interface LoadRow {
  readonly version: number;
  readonly loader_kind: Loader["kind"];
  readonly loader_id: string;
  readonly loader_name: string;
  readonly client: string;
  readonly via_kind: Target["kind"] | "";
  readonly via: string;
  readonly loads: number;
  readonly first_time: number;
  readonly last_time: number;
}

const columns =
  "l.version, l.loader_kind, l.loader_id, l.loader_name, l.client, l.via_kind, l.via, l.loads, l.first_time, l.last_time";
/** Of one model, to count its loaders: one with a thousand versions may have many times as many. */
const lookedAt = 1_000;
const ascending = (name: string, expression: string) =>
  ({ name, expression, type: "text", ascending: true, nullable: false }) as const;
/** Of one version; ties are broken by what tells its rows apart. */
const newestFirst = [
  { name: "last", expression: "l.last_time", type: "bigint", ascending: false, nullable: false },
  ascending("loader", "l.loader_id"),
  ascending("client", "l.client"),
  ascending("kind", "l.via_kind"),
  ascending("via", "l.via"),
] as const;

export function loadStore(database: Statements): LoadStore {
  return {
    async listLoads(workspace, { name, version }, { limit, pageToken }) {
      const values = new StatementValues();
      const page = await readPage<LoadRow>(database, {
        columns,
        tables: "registry.version_load l JOIN registry.model m USING (model_no)",
        conditions: [
          `m.workspace = ${values.add(workspace)}`,
          `m.name = ${values.add(name)}`,
          "m.deleted_time IS NULL",
          `l.version = ${values.add(version)}::int`,
        ],
        terms: newestFirst,
        values,
        limit,
        pageToken,
      });
      return { ...page, items: page.items.map(toLoad) };
    },

    async findNewestLoads(workspace, models) {
      const rows = await database.query<LoadRow & { name: string; loaders: number }>(
        `SELECT m.name, n.*, (
           SELECT count(DISTINCT newest.loader_id)::int FROM (
             SELECT l.loader_id FROM registry.version_load l JOIN registry.model_version v USING (model_no, version)
             WHERE l.model_no = m.model_no AND v.deleted_time IS NULL ORDER BY l.last_time DESC LIMIT ${lookedAt}
           ) newest
         ) AS loaders
         FROM registry.model m CROSS JOIN LATERAL (
           SELECT ${columns} FROM registry.version_load l JOIN registry.model_version v USING (model_no, version)
           WHERE l.model_no = m.model_no AND v.deleted_time IS NULL ORDER BY l.last_time DESC LIMIT 1
         ) n
         WHERE m.workspace = $1 AND m.name = ANY ($2::text[]) AND m.deleted_time IS NULL`,
        [workspace, models],
      );
      return new Map(
        rows.map(({ name, loaders, ...row }): [string, NewestLoad] => {
          const { version, loader, client, via, lastTime } = toLoad(row);
          return [name, { version, loader, client, via, lastTime, otherLoaders: loaders - 1 }];
        }),
      );
    },
  };
}

function toLoad(row: LoadRow): VersionLoad {
  return {
    version: row.version,
    loader: { kind: row.loader_kind, id: row.loader_id, name: row.loader_name },
    client: row.client || undefined,
    via: targetOf(row),
    loads: row.loads,
    firstTime: row.first_time,
    lastTime: row.last_time,
  };
}

function targetOf({ via_kind: kind, via }: LoadRow): Target | undefined {
  if (kind === "") return undefined;
  return kind === "alias" ? { kind, alias: via } : { kind, stage: via };
}
