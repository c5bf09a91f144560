import type { Tag } from "@runweir/tracking-domain";
import type { ModelVersion } from "./model-version.ts";

/** A name that points at one version of its model, and can be moved. */
export interface Alias {
  readonly alias: string;
  readonly version: number;
}

export interface RegisteredModel {
  readonly name: string;
  /** Markdown. */
  readonly description?: string | undefined;
  readonly creatorId?: string | undefined;
  /** Milliseconds since 1970. */
  readonly creationTime: number;
  readonly lastUpdateTime: number;
  readonly tags: readonly Tag[];
  readonly aliases: readonly Alias[];
  /** Of each stage that holds versions, the one with the greatest number. */
  readonly latestVersions: readonly ModelVersion[];
}
