/** Snapshots as a service of its own. */
import { prepareDatabase } from "@runweir/api-app/prepare-database";
import { readWarehouseSettings } from "./config.ts";
import { createWarehouse } from "./create-warehouse.ts";

try {
  const { settings, databaseUrl } = readWarehouseSettings();
  await prepareDatabase(databaseUrl);
  const warehouse = await createWarehouse({ settings, databaseUrl });
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void warehouse.close().then(() => process.exit(0)));
  }
  console.log(`Runweir writes snapshots; health at ${await warehouse.listen()}/health/ready`);
} catch (error) {
  console.error(error instanceof Error && error.name === "DomainError" ? error.message : error);
  process.exit(1);
}
