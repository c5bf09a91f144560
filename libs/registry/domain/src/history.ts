import type { Caller } from "@runweir/identity-domain";
import type { Page } from "@runweir/tracking-domain";
import type { Target } from "./target.ts";

interface Moved {
  /** Milliseconds since 1970. */
  readonly validFrom: number;
  /** Absent: until now. */
  readonly validTo?: number | undefined;
  readonly actor: { readonly id: string; readonly name: string };
  readonly reason?: string | undefined;
  readonly requestId?: string | undefined;
}

/** An alias that was pointed at a version, or at none any more. */
export interface AliasEntry extends Moved {
  readonly kind: "alias";
  readonly alias: string;
  readonly version?: number | undefined;
  readonly previousVersion?: number | undefined;
}

/** A version that came into a stage, or was deleted. */
export interface StageEntry extends Moved {
  readonly kind: "stage";
  readonly version: number;
  readonly stage?: string | undefined;
  /** Absent: not known, or the version was made in that stage. */
  readonly previousStage?: string | undefined;
}

export type HistoryEntry = AliasEntry | StageEntry;

/** What a target pointed at for a while; of a stage, the greatest version in it. */
export interface PointedAt extends Moved {
  readonly version?: number | undefined;
}

/** Only of this target, or of what happened to this version; everything unless told. */
export interface HistoryQuery {
  readonly target?: Target | undefined;
  readonly version?: number | undefined;
  readonly limit: number;
  readonly pageToken?: string | undefined;
}

export interface RegistryHistory {
  /** The moves of a model's aliases and versions, newest first. */
  getHistory(
    caller: Caller,
    name: string,
    query: {
      readonly target?: Target | undefined;
      readonly version?: string | undefined;
      readonly maxResults: number;
      readonly pageToken?: string | undefined;
    },
  ): Promise<Page<HistoryEntry>>;
  /** What a target pointed at then, and who had moved it there; nothing before its first move that is known. */
  getTargetAt(caller: Caller, name: string, target: Target, time: number): Promise<PointedAt | undefined>;
}

/** `undefined`: no such model. */
export interface HistoryStore {
  readHistory(workspace: string, name: string, query: HistoryQuery): Promise<Page<HistoryEntry> | undefined>;
  findTargetAt(workspace: string, name: string, target: Target, time: number): Promise<PointedAt | undefined>;
}
