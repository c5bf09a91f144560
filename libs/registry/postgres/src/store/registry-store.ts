import { type Database, translateFailures } from "@runweir/postgres";
import type { RegistryStore } from "@runweir/registry-domain";
import { modelStore } from "./model-store.ts";
import { versionStore } from "./version-store.ts";

export function createRegistryStore(options: { readonly database: Database }): RegistryStore {
  const database = translateFailures(options.database);
  return { ...modelStore(database), ...versionStore(database) };
}
