import type { Database } from "@runweir/postgres";

/** Statements as somebody runs them who has the database to themselves: no trigger refuses them. */
export async function tamper(database: Pick<Database, "query">, statements: string): Promise<void> {
  await database.query(
    `SET session_replication_role = replica; ${statements}; RESET session_replication_role`,
  );
}

const genesis = "decode(repeat('00', 32), 'hex')";

/** An audit log in which nothing happened yet. */
export async function emptyAudit(database: Pick<Database, "query">): Promise<void> {
  await tamper(
    database,
    `TRUNCATE identity.audit_entry; UPDATE identity.audit_head SET sequence = 0, time = 0, hash = ${genesis}`,
  );
}
