import type { Caller, ObjectFilter } from "@runweir/identity-domain";
import type { Page, Tag } from "@runweir/tracking-domain";
import type { RegistryHistory } from "./history.ts";
import type { RegistryLineage } from "./lineage.ts";
import type { RegistryLoads } from "./loads/version-load.ts";
import type { RegistryListing } from "./model-listing.ts";
import type { ModelVersion } from "./model-version.ts";
import type { RegisteredModel } from "./registered-model.ts";
import type { RegistryStages } from "./stage.ts";

/**
 * The registry service: the one thing that every door sees. Versions are named by the model's name and a number, which
 * doors hand over as the text they got. Every method rejects with a DomainError whose message is written for the person
 * who asked (MLflow's own words where clients match on them).
 */
export interface Registry
  extends RegistryHistory,
    RegistryListing,
    RegistryLineage,
    RegistryStages,
    RegistryLoads {
  // Registered models
  createModel(
    caller: Caller,
    input: { name: string; description?: string | undefined; tags?: readonly Tag[] | undefined },
  ): Promise<RegisteredModel>;
  getModel(caller: Caller, name: string): Promise<RegisteredModel>;
  renameModel(caller: Caller, name: string, newName: string): Promise<RegisteredModel>;
  /** Without a description the model has none afterwards. */
  updateModel(caller: Caller, name: string, description: string | undefined): Promise<RegisteredModel>;
  /** Takes versions, tags and aliases along; the name is free again. */
  deleteModel(caller: Caller, name: string): Promise<void>;
  searchModels(caller: Caller, input: RegistrySearch): Promise<Page<RegisteredModel>>;
  /** The greatest version of each of these stages, or of every stage. */
  getLatestVersions(
    caller: Caller,
    name: string,
    stages: readonly string[],
  ): Promise<readonly ModelVersion[]>;
  setModelTag(caller: Caller, name: string, tag: Tag): Promise<void>;
  /** Deleting what is not there is no error: clients repeat requests. */
  deleteModelTag(caller: Caller, name: string, key: string): Promise<void>;

  // Aliases
  setAlias(caller: Caller, name: string, alias: string, version: string): Promise<void>;
  deleteAlias(caller: Caller, name: string, alias: string): Promise<void>;
  /** `latest`, in any case, is the greatest version. */
  getVersionByAlias(caller: Caller, name: string, alias: string): Promise<ModelVersion>;

  // Model versions
  createVersion(caller: Caller, input: NewModelVersion): Promise<ModelVersion>;
  getVersion(caller: Caller, name: string, version: string): Promise<ModelVersion>;
  updateVersion(
    caller: Caller,
    name: string,
    version: string,
    description: string | undefined,
  ): Promise<ModelVersion>;
  transitionStage(
    caller: Caller,
    input: { name: string; version: string; stage: string; archiveExistingVersions: boolean },
  ): Promise<ModelVersion>;
  /** The number stays taken; what the version said is forgotten. */
  deleteVersion(caller: Caller, name: string, version: string): Promise<void>;
  searchVersions(caller: Caller, input: RegistrySearch): Promise<Page<ModelVersion>>;
  /** Where its files are: never a `models:` location, but `runs:` is possible. */
  getDownloadUri(caller: Caller, name: string, version: string): Promise<string>;
  setVersionTag(caller: Caller, name: string, version: string, tag: Tag): Promise<void>;
  deleteVersionTag(caller: Caller, name: string, version: string, key: string): Promise<void>;
}

export interface NewModelVersion {
  readonly name: string;
  readonly source: string;
  readonly runId?: string | undefined;
  readonly runLink?: string | undefined;
  readonly modelId?: string | undefined;
  readonly description?: string | undefined;
  readonly tags?: readonly Tag[] | undefined;
}

export interface RegistrySearch {
  readonly filter?: string | undefined;
  readonly orderBy?: readonly string[] | undefined;
  readonly maxResults: number;
  readonly pageToken?: string | undefined;
  /** Of which models; all unless told. */
  readonly visible?: ObjectFilter | undefined;
}
