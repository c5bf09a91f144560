import type { Statements } from "@runweir/postgres";
import type { Derivation, LineageStore } from "@runweir/registry-domain";

export function lineageStore(database: Statements): LineageStore {
  return {
    findDerived: (workspace, { name, version }, limit) =>
      database.query<Derivation & { name: string; version: number }>(
        `WITH kept AS (
           SELECT d.model_no, d.version, d.said FROM registry.derivation d
           JOIN registry.model p ON p.model_no = d.parent_no
           WHERE p.workspace = $1 AND p.name = $4 AND p.deleted_time IS NULL AND d.parent_version = $5
         ), said AS (SELECT $2::text AS text UNION SELECT said FROM kept),
         child AS (
           SELECT model_no, version, text, 'source' AS by FROM said JOIN registry.model_version ON source = text
           WHERE deleted_time IS NULL
           UNION
           SELECT model_no, version, text, 'tag' FROM said JOIN registry.model_version_tag ON value = text
           WHERE key LIKE 'runweir.derivedFrom%'
         )
         SELECT m.name, v.version, c.by FROM child c
         JOIN registry.model_version v USING (model_no, version) JOIN registry.model m USING (model_no)
         WHERE m.workspace = $1 AND m.deleted_time IS NULL AND (
           EXISTS (SELECT FROM kept k WHERE (k.model_no, k.version, k.said) = (c.model_no, c.version, c.text))
           OR c.text = $2 AND NOT EXISTS (SELECT FROM registry.derivation d
             WHERE (d.model_no, d.version, d.said) = (c.model_no, c.version, c.text)))
         GROUP BY m.name, v.version, v.creation_time, c.by
         ORDER BY v.creation_time DESC, m.name, v.version DESC LIMIT $3`,
        [workspace, `models:/${name}/${version}`, limit, name, version],
      ),

    async findMeant(workspace, { name, version }) {
      const rows = await database.query<{ said: string; name: string; version: number }>(
        `SELECT d.said, p.name, d.parent_version AS version
         FROM registry.model m JOIN registry.derivation d USING (model_no) JOIN registry.model p ON p.model_no = d.parent_no
         WHERE m.workspace = $1 AND m.name = $2 AND m.deleted_time IS NULL AND d.version = $3`,
        [workspace, name, version],
      );
      return new Map(rows.map(({ said, ...meant }) => [said, meant]));
    },
  };
}
