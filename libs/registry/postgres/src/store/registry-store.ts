import { type Statements, translateFailures } from "@runweir/postgres";
import type { RegistryStore } from "@runweir/registry-domain";
import { historyStore } from "../history/history-store.ts";
import { loadStore } from "../loads/load-store.ts";
import { lineageStore } from "./lineage-store.ts";
import { listingStore } from "./listing-store.ts";
import { modelStore } from "./model-store.ts";
import { stageStore } from "./stage-store.ts";
import { targetStore } from "./target-store.ts";
import { versionStore } from "./version-store.ts";

/** Over a whole database, or over one open transaction (`withinTransaction`), with which everything commits then. */
export function createRegistryStore(options: { readonly database: Statements }): RegistryStore {
  const database = translateFailures(options.database);
  return {
    ...modelStore(database),
    ...versionStore(database),
    ...targetStore(database),
    ...historyStore(database),
    ...listingStore(database),
    ...lineageStore(database),
    ...stageStore(database),
    ...loadStore(database),
  };
}
