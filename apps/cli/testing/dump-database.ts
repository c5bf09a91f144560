import type { Database } from "@runweir/postgres";

/**
 * What is in every table of tracking, registry and the rest, as one checksum each. Left out is what goes on by itself: the
 * warehouse's own accounts, and how points are laid out, which folding changes at its own time.
 */
export async function dumpDatabase(database: Database): Promise<Record<string, string>> {
  const tables = await database.query<{ name: string }>(
    `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
     WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema', 'snapshot')
       AND table_name !~ '^(metric_|shard|fold)' ORDER BY 1`,
  );
  const dump: Record<string, string> = {};
  for (const { name } of tables) {
    const [row] = await database.query<{ sum: string }>(
      `SELECT md5(coalesce(string_agg(t::text, E'\\n' ORDER BY t::text COLLATE "C"), '')) AS sum FROM ${name} t`,
    );
    dump[name] = row?.sum ?? "";
  }
  return dump;
}
