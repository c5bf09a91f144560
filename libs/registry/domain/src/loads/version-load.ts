import type { Caller, Principal } from "@runweir/identity-domain";
import type { Page } from "@runweir/tracking-domain";
import type { Target } from "../target.ts";

export type Loader = Pick<Principal, "kind" | "id" | "name">;

/** That somebody got a version to load it, with one client and by one name of it, since this was first kept. */
export interface VersionLoad {
  readonly version: number;
  readonly loader: Loader;
  /** As the client calls itself: `mlflow-python-client/3.17.2`. */
  readonly client?: string | undefined;
  /** The alias or stage that it was asked for by; absent when it was asked for by number, and when nobody can tell. */
  readonly via?: Target | undefined;
  readonly loads: number;
  readonly firstTime: number;
  readonly lastTime: number;
}

/** Who loaded a model last, and how many others did. */
export interface NewestLoad extends Pick<VersionLoad, "version" | "loader" | "client" | "via" | "lastTime"> {
  readonly otherLoaders: number;
}

/** Loads counted in this process and not kept yet. */
export interface CountedLoad extends VersionLoad {
  readonly workspace: string;
  readonly model: string;
}

export interface RegistryLoads {
  /** Who loads a version: the newest first. */
  listLoads(
    caller: Caller,
    input: {
      readonly name: string;
      readonly version: string;
      readonly maxResults: number;
      readonly pageToken?: string | undefined;
    },
  ): Promise<Page<VersionLoad>>;
}

export interface LoadStore {
  listLoads(
    workspace: string,
    of: { readonly name: string; readonly version: number },
    page: { readonly limit: number; readonly pageToken?: string | undefined },
  ): Promise<Page<VersionLoad>>;
  /** By model; of those of these models that anybody loaded. */
  findNewestLoads(workspace: string, models: readonly string[]): Promise<ReadonlyMap<string, NewestLoad>>;
}
