import type { Statements } from "@runweir/postgres";
import type { Derivation, LineageStore } from "@runweir/registry-domain";

export function lineageStore(database: Statements): LineageStore {
  return {
    findDerived: (workspace, { name, version }, limit) =>
      database.query<Derivation & { name: string; version: number }>(
        `SELECT m.name, v.version, d.by FROM (
           SELECT model_no, version, 'source' AS by FROM registry.model_version
           WHERE source = $2 AND deleted_time IS NULL
           UNION
           SELECT model_no, version, 'tag' AS by FROM registry.model_version_tag
           WHERE value = $2 AND key LIKE 'runweir.derivedFrom%'
         ) d
         JOIN registry.model_version v USING (model_no, version) JOIN registry.model m USING (model_no)
         WHERE m.workspace = $1 AND m.deleted_time IS NULL
         ORDER BY v.creation_time DESC, m.name, v.version DESC LIMIT $3`,
        [workspace, `models:/${name}/${version}`, limit],
      ),
  };
}
