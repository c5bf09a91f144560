import type { Caller } from "@runweir/identity-domain";
import type { Dataset, LatestMetric, Page, Param } from "@runweir/tracking-domain";
import type { ModelVersion } from "./model-version.ts";

export interface VersionName {
  readonly name: string;
  readonly version: number;
}

/** `source`: it was made of the other one's files. `tag`: a tag `runweir.derivedFrom...` of it says so. */
export interface Derivation extends VersionName {
  readonly by: "source" | "tag";
}

/** What is known of the run that a version comes from. */
export interface SourceRun {
  readonly runId: string;
  readonly runName: string;
  readonly experimentId: string;
  /** Of the code, as clients say it. */
  readonly commit?: string | undefined;
  readonly sourceName?: string | undefined;
  readonly params: readonly Param[];
  readonly metrics: readonly LatestMetric[];
  readonly datasets: readonly (Pick<Dataset, "name" | "digest" | "sourceType" | "source"> & {
    readonly context?: string | undefined;
  })[];
}

export interface Lineage {
  readonly version: ModelVersion;
  /** Absent where there is none, where it is gone, and where the caller may not read it. */
  readonly run?: SourceRun | undefined;
  readonly loggedModel?: { readonly modelId: string; readonly name: string } | undefined;
  readonly derivedFrom: readonly Derivation[];
  /** The newest of those that were derived from it. */
  readonly derived: readonly Derivation[];
}

export interface RegistryLineage {
  getLineage(caller: Caller, name: string, version: string): Promise<Lineage>;
  /** What was made of a run. */
  findVersionsOfRun(
    caller: Caller,
    input: { readonly runId: string; readonly maxResults: number; readonly pageToken?: string | undefined },
  ): Promise<Page<ModelVersion>>;
  /** What was made of the newest runs of these experiments that a dataset went into. */
  findVersionsOfDataset(
    caller: Caller,
    input: {
      readonly experimentIds: readonly string[];
      readonly digest: string;
      readonly maxResults: number;
      readonly pageToken?: string | undefined;
    },
  ): Promise<Page<ModelVersion>>;
}

export interface LineageStore {
  /** Versions whose source or whose tags name this one, newest first. */
  findDerived(workspace: string, of: VersionName, limit: number): Promise<readonly Derivation[]>;
  /** By what a version's source and tags say: which versions are meant whose models have got other names since. */
  findMeant(workspace: string, of: VersionName): Promise<ReadonlyMap<string, VersionName>>;
}
