export type {
  BulkItem,
  BulkJob,
  BulkRequest,
  BulkState,
  FacetValue,
  Lineage,
  ModelSummary,
  ModelVersion,
  NewestLoad,
  RegisteredModel,
  VersionLoad,
} from "@runweir/registry-domain";
export { createRegistryRouter, type RegistryApi } from "./registry-router.ts";
