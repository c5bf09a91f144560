import { analyticsMigrations } from "@runweir/analytics-postgres";
import { DomainError } from "@runweir/errors";
import { identityMigrations } from "@runweir/identity-postgres";
import { notificationsMigrations } from "@runweir/notifications-postgres";
import { outboxMigrations } from "@runweir/outbox";
import { loadMigrations, migrate, openDatabase } from "@runweir/postgres";
import { registryMigrations } from "@runweir/registry-postgres";
import { reviewMigrations } from "@runweir/review-postgres";
import { snapshotMigrations } from "@runweir/snapshot-postgres";
import { trackingMigrations } from "@runweir/tracking-postgres";
import { webhooksMigrations } from "@runweir/webhooks-postgres";

/** Every slice's migrations; the order across slices is by their names. */
export const migrationFolders = [
  identityMigrations,
  trackingMigrations,
  registryMigrations,
  reviewMigrations,
  snapshotMigrations,
  analyticsMigrations,
  outboxMigrations,
  webhooksMigrations,
  notificationsMigrations,
] as const;

const oldestMajor = 15;

/**
 * Brings a database up to date. Fails with `failed_precondition` when it cannot be reached, is older than PostgreSQL 15,
 * or was written by a newer Runweir.
 */
export async function prepareDatabase(
  url: string,
): Promise<{ readonly version: string; readonly applied: readonly string[] }> {
  const database = openDatabase({ url, applicationName: "runweir-migrate", connectionsMax: 2 });
  try {
    const [row] = await database
      .query<{ version: string; number: number }>(
        `SELECT split_part(current_setting('server_version'), ' ', 1) AS version,
           current_setting('server_version_num')::int AS number`,
      )
      .catch((error: unknown) => {
        throw new DomainError(
          "failed_precondition",
          `The database does not answer: ${describeCause(error)}. Look at RUNWEIR_DATABASE_URL.`,
          { cause: error },
        );
      });
    const { version = "unknown", number = 0 } = row ?? {};
    if (number < oldestMajor * 10_000) {
      throw new DomainError(
        "failed_precondition",
        `The database is PostgreSQL ${version}; Runweir needs PostgreSQL ${oldestMajor} or newer.`,
        { reason: "database_version" },
      );
    }
    return { version, applied: await migrate(database, await loadMigrations(migrationFolders)) };
  } finally {
    await database.close();
  }
}

/** Sockets put the words that help into a list inside (one per address tried), or into the cause. */
function describeCause(error: unknown): string {
  if (error instanceof AggregateError && error.message === "") return describeCause(error.errors[0]);
  if (error instanceof Error) return error.cause ? describeCause(error.cause) : error.message;
  return String(error);
}
