export type {
  BulkItem,
  BulkJob,
  BulkMoves,
  BulkRequest,
  BulkState,
  BulkStore,
  Refusal,
  WantedVersion,
} from "./bulk/bulk-moves.ts";
export { createBulkMoves } from "./bulk/create-bulk-moves.ts";
export { tellProgress } from "./bulk/tell-progress.ts";
export type { Change } from "./change.ts";
export { guardBulkMoves } from "./guard/guard-bulk-moves.ts";
export { guardRegistry } from "./guard/guard-registry.ts";
export { registryAudit } from "./guard/registry-audit.ts";
export type { AliasEntry, HistoryEntry, HistoryStore, PointedAt, StageEntry } from "./history.ts";
export type { Derivation, Lineage, LineageStore, SourceRun, VersionName } from "./lineage.ts";
export { createLoadCounter, type LoadCounter } from "./loads/create-load-counter.ts";
export type { CountedLoad, Loader, LoadStore, NewestLoad, VersionLoad } from "./loads/version-load.ts";
export { watchLoads } from "./loads/watch-loads.ts";
export {
  type FacetValue,
  type ListingStore,
  type ModelFacets,
  type ModelOrder,
  type ModelSelection,
  type ModelSummary,
  modelOrders,
  type StoredSelection,
} from "./model-listing.ts";
export { type ModelVersion, type ModelVersionStatus, modelVersionStatuses } from "./model-version.ts";
export { promptTag } from "./prompt.ts";
export type { Alias, RegisteredModel } from "./registered-model.ts";
export type { NewModelVersion, Registry, RegistrySearch } from "./registry.ts";
export type {
  ImportedModel,
  ImportedVersion,
  ImportedVersionOutcome,
  PlacedModel,
  RegistryImport,
} from "./registry-import.ts";
export type {
  ModelVersionStore,
  RegisteredModelStore,
  RegistryQuery,
  RegistryStore,
  StoredVersion,
  TargetStore,
} from "./registry-store.ts";
export { createRegistry } from "./service/create-registry.ts";
export type { RegistryDependencies } from "./service/dependencies.ts";
export { archivedStage, initialStage, type Stage, type StageStore, stageLevels } from "./stage.ts";
export {
  describeTarget,
  type MoveOutcome,
  readTarget,
  type Target,
  type TargetMove,
  targetName,
} from "./target.ts";
export type { TargetGate } from "./target-gate.ts";
export { requireMovableTarget } from "./validation/check-target.ts";
