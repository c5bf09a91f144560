/** Something that open pages want to hear of. Carries no data: the listener asks again for what it shows. */
export type Change =
  | { readonly kind: "metrics"; readonly experimentId: string; readonly runId: string }
  | { readonly kind: "run"; readonly experimentId: string; readonly runId: string }
  | { readonly kind: "experiment"; readonly experimentId: string }
  | { readonly kind: "model"; readonly experimentId: string; readonly modelId: string };

/** What somebody watches: a run, an experiment, or all of a workspace. */
export interface ChangeFilter {
  readonly workspace: string;
  readonly runId?: string;
  readonly experimentId?: string;
}

/** Announced after the commit of what was changed, heard by every API process. */
export interface ChangeFeed {
  /** Calls back for each change in the workspace until `signal` aborts; changes may be merged, never lost while connected. */
  subscribe(filter: ChangeFilter, listener: (change: Change) => void, signal: AbortSignal): void;
}
