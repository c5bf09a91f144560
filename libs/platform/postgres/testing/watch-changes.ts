import type { Database } from "../src/database.ts";

/** Notes every row that anybody writes from now on, by triggers on all tables: nothing that is rolled back, nothing that finds no row. */
export async function watchChanges(database: Pick<Database, "query">) {
  await database.query("CREATE SCHEMA witness");
  await database.query("CREATE TABLE witness.change (what text NOT NULL)");
  await database.query(`
    CREATE FUNCTION witness.note() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO witness.change SELECT concat_ws(' ', TG_OP, TG_TABLE_SCHEMA || '.' || TG_TABLE_NAME, CASE TG_OP WHEN 'UPDATE' THEN
        (SELECT string_agg(key, ',' ORDER BY key) FROM jsonb_each(to_jsonb(OLD)) AS o JOIN jsonb_each(to_jsonb(NEW)) AS n USING (key)
         WHERE o.value IS DISTINCT FROM n.value) END);
      RETURN NULL;
    END $$`);
  await database.query(`
    DO $$ DECLARE relation regclass; BEGIN
      FOR relation IN SELECT oid FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition
        AND relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace, 'witness'::regnamespace)
      LOOP
        EXECUTE format('CREATE TRIGGER witness AFTER INSERT OR UPDATE OR DELETE ON %s FOR EACH ROW EXECUTE FUNCTION witness.note()', relation);
        EXECUTE format('CREATE TRIGGER witness_of_all AFTER TRUNCATE ON %s EXECUTE FUNCTION witness.note()', relation);
      END LOOP;
    END $$`);
  return {
    /** What was written since the last time, like "UPDATE identity.api_token last_used_time". */
    async take(): Promise<readonly string[]> {
      const rows = await database.query<{ what: string }>("DELETE FROM witness.change RETURNING what");
      return rows.map(({ what }) => what);
    },
    stop: () => database.query("DROP SCHEMA witness CASCADE"),
  };
}
