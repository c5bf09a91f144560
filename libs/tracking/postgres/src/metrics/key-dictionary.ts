import type { Queryable } from "@runweir/postgres";

/** Names kept in memory; beyond this many the memory starts anew, so that a flood of names cannot exhaust it. */
const namesKept = 200_000;

/**
 * Numbers of metric names. A number never changes once committed, so committed ones are kept in memory for as long as the
 * same server runs: one that was started anew may have been put back to an earlier backup, which does not know them.
 * Rows of `tracking.metric_key` must never be deleted while a process runs.
 */
export class KeyDictionary {
  #ids = new Map<string, number>();
  #server = "";

  /**
   * The ids of these names, numbering new ones in the client's transaction. Call `remember` once that has committed.
   * `server` tells one start of the server from another, as of this transaction.
   */
  async resolve(
    client: Queryable,
    names: Iterable<string>,
    server: string,
  ): Promise<ReadonlyMap<string, number>> {
    if (server !== this.#server) {
      this.#ids.clear();
      this.#server = server;
    }
    const found = new Map<string, number>();
    const unknown: string[] = [];
    for (const name of names) {
      const id = this.#ids.get(name);
      if (id === undefined) unknown.push(name);
      else found.set(name, id);
    }
    if (unknown.length === 0) return found;
    // Looked up first: an insert that meets a conflict would use up a number each time. Sorted: two transactions that
    // number the same new names wait for each other in one direction only.
    unknown.sort();
    await this.#lookUp(client, unknown, found);
    const missing = unknown.filter((name) => !found.has(name));
    if (missing.length === 0) return found;
    await client.query(
      `INSERT INTO tracking.metric_key (key)
       SELECT key FROM unnest($1::text[]) WITH ORDINALITY AS k (key, place) ORDER BY place
       ON CONFLICT DO NOTHING`,
      [missing],
    );
    await this.#lookUp(client, missing, found);
    return found;
  }

  remember(committed: ReadonlyMap<string, number>, server: string): void {
    if (server !== this.#server) return;
    if (this.#ids.size + committed.size > namesKept) this.#ids.clear();
    for (const [name, id] of committed) this.#ids.set(name, id);
  }

  async #lookUp(client: Queryable, names: readonly string[], found: Map<string, number>): Promise<void> {
    const { rows } = await client.query<{ key: string; key_id: number }>(
      "SELECT key, key_id FROM tracking.metric_key WHERE key = ANY($1)",
      [names],
    );
    for (const row of rows) found.set(row.key, row.key_id);
  }
}
