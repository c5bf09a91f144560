import { type Database, translateFailures } from "@runweir/postgres";

/** The key that links to files are signed with: the one that is there, or else this one from now on, for everybody. */
export async function readLinkKey(given: Database, fresh: Uint8Array): Promise<Uint8Array> {
  const database = translateFailures(given);
  await database.query("INSERT INTO analytics.link_key (key) VALUES ($1) ON CONFLICT DO NOTHING", [
    Buffer.from(fresh),
  ]);
  const [row] = await database.query<{ key: Buffer }>("SELECT key FROM analytics.link_key");
  if (row === undefined) return readLinkKey(given, fresh);
  return row.key;
}
