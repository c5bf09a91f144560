import type { Database, Queryable } from "@runweir/postgres";
import { ChunkGone } from "./chunk-rows.ts";

const attempts = 3;

/**
 * Runs a read that lists chunks in one statement and loads their bodies in later ones. Chunks never change, so the
 * listing alone decides what is seen; when one was merged away in between, the read starts anew, at last inside a
 * snapshot where that cannot happen.
 */
export async function readSnapshot<T>(
  database: Database,
  read: (client: Pick<Queryable, "query">) => Promise<T>,
): Promise<T> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    try {
      return await read(database.pool);
    } catch (error) {
      if (!(error instanceof ChunkGone)) throw error;
    }
  }
  return database.transaction(read, "repeatable read");
}
