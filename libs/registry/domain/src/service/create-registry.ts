import type { Registry } from "../registry.ts";
import { aliasService } from "./alias-service.ts";
import type { RegistryDependencies } from "./dependencies.ts";
import { historyService } from "./history-service.ts";
import { lineageService } from "./lineage-service.ts";
import { listingService } from "./listing-service.ts";
import { loadService } from "./load-service.ts";
import { modelService } from "./model-service.ts";
import { stageService } from "./stage-service.ts";
import { versionService } from "./version-service.ts";

/** The registry service over a store and the tracking service, which knows the runs and models that versions come from. */
export function createRegistry(dependencies: RegistryDependencies): Registry {
  return {
    ...modelService(dependencies),
    ...versionService(dependencies),
    ...aliasService(dependencies),
    ...historyService(dependencies),
    ...listingService(dependencies),
    ...lineageService(dependencies),
    ...stageService(dependencies),
    ...loadService(dependencies),
  };
}
