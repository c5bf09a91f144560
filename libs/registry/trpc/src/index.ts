export type {
  BulkItem,
  BulkJob,
  BulkRequest,
  BulkState,
  FacetValue,
  Lineage,
  ModelSummary,
  ModelVersion,
  RegisteredModel,
} from "@runweir/registry-domain";
export { createRegistryRouter, type RegistryApi } from "./registry-router.ts";
