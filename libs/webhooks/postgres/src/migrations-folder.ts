import { fileURLToPath } from "node:url";

/** The folder of this slice's migrations, for `loadMigrations`. */
export const webhooksMigrations: string = fileURLToPath(new URL("../migrations", import.meta.url));
