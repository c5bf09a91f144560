import type { ModelVersion } from "./model-version.ts";
import type { Alias, RegisteredModel } from "./registered-model.ts";

/** A registered model as it was somewhere else, without its versions. */
export type ImportedModel = Omit<RegisteredModel, "aliases" | "latestVersions"> & {
  /** The greatest number that a version of it ever had. */
  readonly lastVersion: number;
};

export type ImportedVersion = Omit<ModelVersion, "name" | "aliases"> & {
  /** Where its files are, here. */
  readonly storageLocation: string;
};

/**
 * - `made`: it was not there, and now is, whole.
 * - `there`: it was there, and is left as it is.
 * - `deleted`: it was there and was deleted since.
 * - `taken`: the number belongs to another one.
 */
export type ImportedVersionOutcome = "made" | "there" | "deleted" | "taken";

export interface PlacedModel {
  readonly outcome: "made" | "there";
  /** Of one that was there: tags that it did not have. */
  readonly addedTags: number;
}

export interface PlacedAliases {
  readonly made: number;
  /** Those that point to another version here, where they stay. */
  readonly differing: readonly string[];
  /** Those whose version is not here, or deleted. */
  readonly absent: readonly string[];
}

/**
 * Takes over registered models that were exported elsewhere: numbers, stages and times as they were. What is there already is
 * never changed, so that an import may be repeated.
 */
export interface RegistryImport {
  /** Finds the model of this name, or makes it. Of one that is there, only tags that it does not have are added. */
  placeModel(workspace: string, model: ImportedModel): Promise<PlacedModel>;
  /** Versions of a model that is there. One of its number is the same when its creation time is. */
  placeVersions(
    workspace: string,
    name: string,
    versions: readonly ImportedVersion[],
  ): Promise<ReadonlyMap<number, ImportedVersionOutcome>>;
  /** Aliases that the model does not have, where their version is there. */
  placeAliases(workspace: string, name: string, aliases: readonly Alias[]): Promise<PlacedAliases>;
}
