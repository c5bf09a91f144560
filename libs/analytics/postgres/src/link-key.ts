import { type Database, translateFailures } from "@runweir/postgres";

/** The key that links to files are signed with, where an earlier version left it in clear. */
export async function readPlainLinkKey(given: Database): Promise<Uint8Array | undefined> {
  const [row] = await translateFailures(given).query<{ key: Buffer }>("SELECT key FROM analytics.link_key");
  return row?.key;
}

export async function dropPlainLinkKey(given: Database): Promise<void> {
  await translateFailures(given).query("DELETE FROM analytics.link_key");
}
