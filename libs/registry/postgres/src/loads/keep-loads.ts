import type { Statements } from "@runweir/postgres";
import { type CountedLoad, targetName } from "@runweir/registry-domain";

/** Forgotten when nobody loaded it so for that long. */
const keptMs = 90 * 86_400_000;
/** So many are kept of one version: clients can call themselves anything. */
const keptOfVersion = 200;

/**
 * Adds counted loads to what is kept, in one statement. Models and versions that are gone are passed over. Rows are taken in
 * one order, so that several processes never wait for each other in a circle.
 */
export async function keepLoads(database: Statements, loads: readonly CountedLoad[]): Promise<void> {
  if (loads.length === 0) return;
  await database.query(
    `INSERT INTO registry.version_load AS kept (model_no, version, loader_kind, loader_id, loader_name, client, via_kind, via,
       loads, first_time, last_time)
     SELECT m.model_no, l.version, l.loader_kind, l.loader_id, l.loader_name, l.client, l.via_kind, l.via,
       l.loads, l.first_time, l.last_time
     FROM json_to_recordset($1) AS l (workspace text, model text, version int, loader_kind text, loader_id text,
       loader_name text, client text, via_kind text, via text, loads bigint, first_time bigint, last_time bigint)
     JOIN registry.model m ON m.workspace = l.workspace AND m.name = l.model AND m.deleted_time IS NULL
     JOIN registry.model_version v ON v.model_no = m.model_no AND v.version = l.version AND v.deleted_time IS NULL
     ORDER BY 1, 2, 4, 6, 7, 8
     ON CONFLICT (model_no, version, loader_id, client, via_kind, via) DO UPDATE SET
       loads = kept.loads + EXCLUDED.loads,
       loader_name = EXCLUDED.loader_name,
       first_time = least(kept.first_time, EXCLUDED.first_time),
       last_time = greatest(kept.last_time, EXCLUDED.last_time)`,
    [JSON.stringify(loads.map(toRow))],
  );
}

function toRow({ loader, client, via, ...load }: CountedLoad) {
  return {
    workspace: load.workspace,
    model: load.model,
    version: load.version,
    loader_kind: loader.kind,
    loader_id: loader.id,
    loader_name: loader.name,
    client: client ?? "",
    via_kind: via?.kind ?? "",
    via: via ? targetName(via) : "",
    loads: load.loads,
    first_time: load.firstTime,
    last_time: load.lastTime,
  };
}

export async function forgetOldLoads(database: Statements, now: number): Promise<void> {
  await database.query("DELETE FROM registry.version_load WHERE last_time < $1", [now - keptMs]);
  await database.query(
    `WITH full_up AS (
       SELECT model_no, version FROM registry.version_load GROUP BY model_no, version HAVING count(*) > ${keptOfVersion}
     ), ranked AS (
       SELECT l.ctid, row_number() OVER (PARTITION BY model_no, version ORDER BY last_time DESC) AS place
       FROM full_up JOIN registry.version_load l USING (model_no, version)
     )
     DELETE FROM registry.version_load USING ranked
     WHERE version_load.ctid = ranked.ctid AND ranked.place > ${keptOfVersion}`,
  );
}
