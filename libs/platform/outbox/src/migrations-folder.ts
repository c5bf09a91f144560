import { fileURLToPath } from "node:url";

/** The folder of the outbox's migrations, for `loadMigrations`. */
export const outboxMigrations: string = fileURLToPath(new URL("../migrations", import.meta.url));
