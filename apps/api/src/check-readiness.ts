import type { Readiness } from "@runweir/http";
import type { Database } from "@runweir/postgres";

/** Ready when the database answers; the pages and files need nothing else that could be away. */
export async function checkReadiness(database: Database): Promise<Readiness> {
  try {
    await database.query("SELECT 1");
    return { ready: true, problems: [] };
  } catch (error) {
    return { ready: false, problems: [`The database does not answer: ${(error as Error).message}`] };
  }
}
