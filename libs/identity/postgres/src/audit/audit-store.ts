import type { AuditEntry, AuditFilter, AuditPerson, AuditStore } from "@runweir/identity-domain";
import { type Database, translateFailures } from "@runweir/postgres";
import { printConditions } from "./audit-conditions.ts";
import { type EntryRow, entryColumns, toEntry } from "./audit-rows.ts";
import { verifyStored } from "./verify-stored.ts";

const pageEntries = 1_000;
const peopleMax = 500;

export function createAuditStore(options: { readonly database: Database }): AuditStore {
  const database = translateFailures(options.database);
  return {
    async search(workspace, filter, { limit, before }) {
      const { conditions, values } = printConditions(workspace, filter);
      if (before !== undefined) conditions.push(`e.sequence < ${values.add(before)}`);
      const rows = await database.query<EntryRow & Record<string, unknown>>(
        `SELECT ${entryColumns} FROM identity.audit_entry e WHERE ${conditions.join(" AND ")}
         ORDER BY e.sequence DESC LIMIT ${values.add(limit)}`,
        values.list,
      );
      return rows.map(toEntry);
    },

    /** From one person to the next along the index, not through all of their entries. */
    listPeople: (workspace) =>
      database.query<AuditPerson & Record<string, unknown>>(
        `WITH RECURSIVE person AS (
           (SELECT actor_id FROM identity.audit_entry ORDER BY actor_id LIMIT 1)
           UNION ALL
           SELECT (SELECT n.actor_id FROM identity.audit_entry n WHERE n.actor_id > p.actor_id ORDER BY n.actor_id LIMIT 1)
           FROM person p WHERE p.actor_id IS NOT NULL
         )
         SELECT last.kind, p.actor_id AS id, last.name FROM person p, LATERAL (
           SELECT e.actor_kind AS kind, e.actor_name AS name FROM identity.audit_entry e
           WHERE e.actor_id = p.actor_id AND ($1::text IS NULL OR e.workspace = $1)
           ORDER BY e.sequence DESC LIMIT 1
         ) last ORDER BY lower(last.name), id LIMIT $2`,
        [workspace ?? null, peopleMax],
      ),

    read: (workspace, filter) => readPages(database, workspace, filter),
    verify: (given) => verifyStored(database, given),
  };
}

async function* readPages(
  database: Pick<Database, "query">,
  workspace: string | undefined,
  filter: AuditFilter,
): AsyncGenerator<readonly AuditEntry[]> {
  for (let after = 0; ; ) {
    const { conditions, values } = printConditions(workspace, filter);
    const rows = await database.query<EntryRow & Record<string, unknown>>(
      `SELECT ${entryColumns} FROM identity.audit_entry e
       WHERE ${conditions.join(" AND ")} AND e.sequence > ${values.add(after)}
       ORDER BY e.sequence LIMIT ${values.add(pageEntries)}`,
      values.list,
    );
    if (rows.length > 0) yield rows.map(toEntry);
    const last = rows.at(-1);
    if (last === undefined || rows.length < pageEntries) return;
    after = last.sequence;
  }
}
