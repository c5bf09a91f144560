/** The consumer of the log as a service of its own. */
import { prepareDatabase } from "@runweir/api-app/prepare-database";
import { readIngestSettings } from "./config.ts";
import { createIngest } from "./create-ingest.ts";

try {
  const { settings, kafka, databaseUrl } = readIngestSettings();
  await prepareDatabase(databaseUrl);
  const ingest = await createIngest({ settings, kafka, databaseUrl });
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void ingest.close().then(() => process.exit(0)));
  }
  console.log(`Runweir applies metrics; health at ${await ingest.listen()}/health/ready`);
} catch (error) {
  console.error(error instanceof Error && error.name === "DomainError" ? error.message : error);
  process.exit(1);
}
