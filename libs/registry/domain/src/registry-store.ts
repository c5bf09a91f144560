import type { ObjectFilter } from "@runweir/identity-domain";
import type { Expression, OrderBy, Page, Tag } from "@runweir/tracking-domain";
import type { Change } from "./change.ts";
import type { HistoryStore } from "./history.ts";
import type { LineageStore } from "./lineage.ts";
import type { LoadStore } from "./loads/version-load.ts";
import type { ListingStore } from "./model-listing.ts";
import type { ModelVersion } from "./model-version.ts";
import type { RegisteredModel } from "./registered-model.ts";
import type { StageStore } from "./stage.ts";
import type { MoveOutcome, TargetMove } from "./target.ts";

/**
 * What the registry service needs of its database. Arguments are already validated; each write is one transaction.
 * `undefined` and false mean "not there (in this workspace)"; the service turns them into errors. The store itself throws
 * only for names that are taken.
 */
export interface RegistryStore
  extends RegisteredModelStore,
    ModelVersionStore,
    TargetStore,
    HistoryStore,
    ListingStore,
    LineageStore,
    StageStore,
    LoadStore {}

/** Every write of these leaves a row in the history of what it moved; what does not change anything leaves none. */
export interface TargetStore {
  /** False: no such version. */
  setAlias(workspace: string, name: string, alias: string, version: number, change: Change): Promise<boolean>;
  /** False: no such model. */
  deleteAlias(workspace: string, name: string, alias: string, change: Change): Promise<boolean>;
  /** `archive`: the stage that all other versions in the new one move to. */
  moveVersion(
    workspace: string,
    name: string,
    version: number,
    move: { readonly stage: string; readonly archive?: string | undefined; readonly change: Change },
  ): Promise<ModelVersion | undefined>;
  /**
   * All of these moves or none, in one transaction: none when a target does not point at what its move says. No target may
   * be named twice.
   */
  moveTargets(workspace: string, moves: readonly TargetMove[], change: Change): Promise<MoveOutcome>;
}

export interface RegistryQuery {
  readonly where?: Expression | undefined;
  readonly orderBy: readonly OrderBy[];
  readonly limit: number;
  readonly pageToken?: string | undefined;
  readonly visible?: ObjectFilter | undefined;
}

export interface RegisteredModelStore {
  /** Rejects with `already_exists` when the name is taken. */
  createModel(
    workspace: string,
    model: {
      readonly name: string;
      readonly description?: string | undefined;
      readonly tags: readonly Tag[];
    },
    change: Change,
  ): Promise<void>;
  findModel(workspace: string, name: string): Promise<RegisteredModel | undefined>;
  /** Rejects with `already_exists` when the new name is taken. */
  renameModel(workspace: string, name: string, newName: string, change: Change): Promise<boolean>;
  describeModel(
    workspace: string,
    name: string,
    description: string | undefined,
    change: Change,
  ): Promise<boolean>;
  /** Its rows stay, emptied, so that what happened to it can still be told; nobody finds them by name. */
  deleteModel(workspace: string, name: string, change: Change): Promise<boolean>;
  searchModels(workspace: string, query: RegistryQuery): Promise<Page<RegisteredModel>>;
  setModelTag(workspace: string, name: string, tag: Tag, change: Change): Promise<boolean>;
  /** False: no such model. */
  deleteModelTag(workspace: string, name: string, key: string, change: Change): Promise<boolean>;
}

export interface StoredVersion {
  readonly version: ModelVersion;
  readonly storageLocation: string;
}

export interface ModelVersionStore {
  /** Gives the version the next number of its model; undefined: no such model. */
  createVersion(
    workspace: string,
    version: Pick<
      ModelVersion,
      "name" | "source" | "runId" | "runLink" | "modelId" | "description" | "tags"
    > & {
      readonly storageLocation: string;
    },
    change: Change,
  ): Promise<ModelVersion | undefined>;
  findVersion(workspace: string, name: string, version: number): Promise<StoredVersion | undefined>;
  findVersionByAlias(workspace: string, name: string, alias: string): Promise<ModelVersion | undefined>;
  describeVersion(
    workspace: string,
    name: string,
    version: number,
    description: string | undefined,
    change: Change,
  ): Promise<ModelVersion | undefined>;
  deleteVersion(workspace: string, name: string, version: number, change: Change): Promise<boolean>;
  searchVersions(workspace: string, query: RegistryQuery): Promise<Page<ModelVersion>>;
  setVersionTag(workspace: string, name: string, version: number, tag: Tag, change: Change): Promise<boolean>;
  /** False: no such version. */
  deleteVersionTag(
    workspace: string,
    name: string,
    version: number,
    key: string,
    change: Change,
  ): Promise<boolean>;
}
