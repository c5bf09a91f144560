import { fileURLToPath } from "node:url";

/** The folder of this slice's migrations, for `loadMigrations`. */
export const notificationsMigrations: string = fileURLToPath(new URL("../migrations", import.meta.url));
