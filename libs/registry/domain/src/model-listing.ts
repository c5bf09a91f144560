import type { Caller, ObjectFilter } from "@runweir/identity-domain";
import type { Expression, Page, Tag } from "@runweir/tracking-domain";
import type { NewestLoad } from "./loads/version-load.ts";
import type { Alias } from "./registered-model.ts";

/** A registered model as lists show it: nothing of its versions but what points at them. */
export interface ModelSummary {
  readonly name: string;
  /** The beginning of it. */
  readonly description?: string | undefined;
  readonly creatorId: string;
  readonly creationTime: number;
  readonly lastUpdateTime: number;
  readonly tags: readonly Tag[];
  readonly aliases: readonly Alias[];
  /** The greatest version of each stage that holds any, but for where versions begin. */
  readonly stages: readonly { readonly stage: string; readonly version: number }[];
  /** Without those that are deleted. */
  readonly versions: number;
  readonly latestVersion?: number | undefined;
  /** Absent where nobody loaded any of its versions lately. */
  readonly newestLoad?: NewestLoad | undefined;
}

/** Which models: those that all of this is true of. */
export interface ModelSelection {
  /** MLflow's grammar. */
  readonly filter?: string | undefined;
  /** Part of the name, in any case. */
  readonly text?: string | undefined;
  readonly owner?: string | undefined;
  readonly alias?: string | undefined;
  readonly stage?: string | undefined;
  /** Of which models; all unless told. */
  readonly visible?: ObjectFilter | undefined;
}

export const modelOrders = ["name", "creation_time", "last_update_time"] as const;
export type ModelOrder = (typeof modelOrders)[number];

export interface FacetValue {
  readonly value: string;
  readonly models: number;
}

/** The most frequent of each, of the models of a selection. */
export interface ModelFacets {
  readonly models: number;
  readonly owners: readonly FacetValue[];
  readonly aliases: readonly FacetValue[];
  readonly stages: readonly FacetValue[];
  readonly tags: readonly FacetValue[];
}

export interface RegistryListing {
  listModels(
    caller: Caller,
    input: ModelSelection & {
      readonly orderBy?: ModelOrder | undefined;
      readonly ascending?: boolean | undefined;
      readonly maxResults: number;
      readonly pageToken?: string | undefined;
    },
  ): Promise<Page<ModelSummary>>;
  getModelFacets(caller: Caller, selection: ModelSelection): Promise<ModelFacets>;
}

export type StoredSelection = Omit<ModelSelection, "filter"> & { readonly where?: Expression | undefined };

export interface ListingStore {
  listModels(
    workspace: string,
    query: StoredSelection & {
      readonly orderBy: ModelOrder;
      readonly ascending: boolean;
      readonly limit: number;
      readonly pageToken?: string | undefined;
    },
  ): Promise<Page<ModelSummary>>;
  countFacets(workspace: string, selection: StoredSelection): Promise<ModelFacets>;
}
