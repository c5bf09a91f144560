/** The API as a service of its own, for a team's deployment; `runweir start` runs the same in its own process. */
import { readServiceSettings } from "./config.ts";
import { createApi } from "./create-api.ts";
import { prepareDatabase } from "./prepare-database.ts";

try {
  const { api: settings, databaseUrl, zoneUrls } = readServiceSettings();
  await prepareDatabase(databaseUrl);
  const api = await createApi({ settings, databaseUrl, zoneUrls });
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void api.close().then(() => process.exit(0)));
  }
  const url = await api.listen();
  console.log(`Runweir answers at ${url}`);
  if (api.firstAdministratorPath)
    console.log(
      `It has no administrator yet. Become it at ${settings.identity.publicUrl ?? url}${api.firstAdministratorPath} (works once, for 24 hours).`,
    );
} catch (error) {
  console.error(error instanceof Error && error.name === "DomainError" ? error.message : error);
  process.exit(1);
}
