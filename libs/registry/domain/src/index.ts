export { guardRegistry } from "./guard/guard-registry.ts";
export { type ModelVersion, type ModelVersionStatus, modelVersionStatuses } from "./model-version.ts";
export { promptTag } from "./prompt.ts";
export type { Alias, RegisteredModel } from "./registered-model.ts";
export type { NewModelVersion, Registry, RegistrySearch } from "./registry.ts";
export type {
  ImportedModel,
  ImportedVersion,
  ImportedVersionOutcome,
  RegistryImport,
} from "./registry-import.ts";
export type {
  ModelVersionStore,
  RegisteredModelStore,
  RegistryQuery,
  RegistryStore,
  StoredVersion,
} from "./registry-store.ts";
export { createRegistry } from "./service/create-registry.ts";
export type { RegistryDependencies } from "./service/dependencies.ts";
