import { DomainError } from "@runweir/errors";
import { type Database, openDatabase } from "@runweir/postgres";
import { readDatabasePlace } from "./config.ts";
import { findRunningCluster } from "./postgres/running-cluster.ts";

/**
 * Works on the database of a running Runweir: the team's own (RUNWEIR_DATABASE_URL), or the one in the data folder. Fails
 * with `failed_precondition` when there is none, or when it was not prepared by this version.
 */
export async function withRunningDatabase<T>(
  data: string | undefined,
  work: (database: Database, url: string) => Promise<T>,
  connectionsMax = 2,
): Promise<T> {
  const { databaseUrl, home } = readDatabasePlace(data);
  const url = databaseUrl ?? (await findRunningCluster(home));
  const database = openDatabase({ url, applicationName: "runweir-cli", connectionsMax });
  try {
    await database.query("SELECT 1").catch((error: unknown) => {
      throw new DomainError(
        "failed_precondition",
        `The database does not answer: ${reasonOf(error)}. Is Runweir running?`,
        { cause: error },
      );
    });
    return await work(database, url).catch((error: unknown) => {
      const { code } = error as { code?: string };
      const unknownTable = "42P01";
      const unknownColumn = "42703";
      if (code !== unknownTable && code !== unknownColumn) throw error;
      throw new DomainError(
        "failed_precondition",
        "The database was prepared by another version of Runweir. Start this one on it first.",
        { reason: "database_version", cause: error },
      );
    });
  } finally {
    await database.close();
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === "") return reasonOf(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}
