import type { Queryable } from "@runweir/postgres";

/** Before a model gets another name: what names its versions by the present one goes on meaning them. Holds the model's row lock. */
export async function keepDerivations(client: Queryable, modelNo: number): Promise<void> {
  await client.query(
    `WITH parent AS (
       SELECT m.workspace, 'models:/' || m.name || '/' || v.version AS said, v.version
       FROM registry.model m JOIN registry.model_version v USING (model_no)
       WHERE m.model_no = $1 AND v.deleted_time IS NULL
     ), child AS (
       SELECT v.model_no, v.version, p.said, p.version AS parent_version
       FROM parent p JOIN registry.model_version v ON v.source = p.said
       WHERE v.deleted_time IS NULL AND v.workspace = p.workspace
       UNION
       SELECT t.model_no, t.version, p.said, p.version
       FROM parent p JOIN registry.model_version_tag t ON t.value = p.said
       JOIN registry.model m USING (model_no)
       WHERE t.key LIKE 'runweir.derivedFrom%' AND m.workspace = p.workspace
     )
     INSERT INTO registry.derivation (model_no, version, said, parent_no, parent_version)
     SELECT c.model_no, c.version, c.said, $1, c.parent_version FROM child c
     -- Said while another model had the name: that one is meant.
     WHERE NOT EXISTS (SELECT FROM registry.derivation d
       WHERE d.model_no = c.model_no AND d.version = c.version AND d.said = c.said)`,
    [modelNo],
  );
}
