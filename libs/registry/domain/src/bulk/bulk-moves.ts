import type { Caller } from "@runweir/identity-domain";
import type { Page } from "@runweir/tracking-domain";
import type { ModelSelection, StoredSelection } from "../model-listing.ts";
import type { Target } from "../target.ts";

/** Which version of each model: its greatest, or what an alias or a stage of it points at; `none` ends an alias. */
export type WantedVersion = { readonly kind: "latest" | "none" } | Target;

export interface BulkRequest {
  readonly models: Omit<ModelSelection, "visible">;
  readonly version: WantedVersion;
  /** What is pointed at that version; into a stage the version is moved, and others stay where they are. */
  readonly target: Target;
  readonly reason?: string | undefined;
}

export type BulkState =
  | "planned"
  | "applying"
  | "apply paused"
  | "applied"
  | "undoing"
  | "undo paused"
  | "undone";

export interface BulkJob {
  readonly jobId: string;
  readonly request: BulkRequest;
  readonly state: BulkState;
  readonly digest: string;
  readonly actor: { readonly id: string; readonly name: string };
  readonly creationTime: number;
  /** Models that were selected; of these, those where nothing changes have no item. */
  readonly selected: number;
  /** Of models whose targets the maker of the plan may not move, or that are protected. */
  readonly refused: number;
  /** The first of these, and why. */
  readonly refusals: readonly Refusal[];
  readonly items: number;
  /** Items done so far, and among them those that were not where the plan says, which were left alone. */
  readonly moved: number;
  readonly skipped: number;
  readonly undone: number;
  readonly kept: number;
  /** It changes by itself. */
  readonly isUnderWay: boolean;
  /** How far the present direction has come: an undo goes over what was moved. */
  readonly progress: { readonly done: number; readonly of: number };
}

export interface Refusal {
  readonly model: string;
  readonly reason: string;
}

export interface BulkItem {
  readonly item: number;
  readonly model: string;
  /** Of an alias. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** Of a stage. */
  readonly version?: number | undefined;
  readonly fromStage?: string | undefined;
  readonly toStage?: string | undefined;
  readonly isSkipped: boolean;
}

/** Why a caller may not make each of these moves; `undefined`: they may. */
export type RefuseItems = (
  caller: Caller,
  target: Target,
  items: readonly BulkItem[],
) => Promise<readonly (string | undefined)[]>;

/** Moves of aliases and stages of many models, as jobs: planned first, applied as planned, in the background. */
export interface BulkMoves {
  /** Moves nothing. Items that `refuse` speaks of are left out, and counted. */
  plan(caller: Caller, request: BulkRequest, options?: PlanOptions): Promise<BulkJob>;
  getJob(caller: Caller, jobId: string): Promise<BulkJob>;
  listJobs(
    caller: Caller,
    page: {
      readonly maxResults: number;
      readonly pageToken?: string | undefined;
      /** Those that this one planned; without it everybody's. */
      readonly actorId?: string | undefined;
    },
  ): Promise<Page<BulkJob>>;
  listItems(
    caller: Caller,
    jobId: string,
    page: { readonly maxResults: number; readonly pageToken?: string | undefined },
  ): Promise<Page<BulkItem>>;
  /** Begins what was planned. Refused unless `digest` is the plan's. */
  apply(caller: Caller, jobId: string, digest: string, options?: PlanOptions): Promise<BulkJob>;
  pause(caller: Caller, jobId: string): Promise<BulkJob>;
  resume(caller: Caller, jobId: string): Promise<BulkJob>;
  /** Moves back what the job moved, as far as it still is where the job left it. */
  undo(caller: Caller, jobId: string, options?: PlanOptions): Promise<BulkJob>;
}

export interface PlanOptions {
  readonly visible?: ModelSelection["visible"];
  readonly refuse?: RefuseItems | undefined;
}

type Step = "apply" | "pause" | "resume" | "undo";

export interface BulkStore {
  plan(
    workspace: string,
    plan: {
      readonly request: BulkRequest;
      readonly selection: StoredSelection;
      readonly actor: BulkJob["actor"];
      readonly requestId: string;
      readonly now: number;
      /** Which of these items are left out, and why. */
      refuse?(
        items: readonly BulkItem[],
      ): Promise<readonly { readonly item: BulkItem; readonly reason: string }[]>;
    },
  ): Promise<BulkJob>;
  findJob(workspace: string, jobId: string): Promise<BulkJob | undefined>;
  listJobs(
    workspace: string,
    page: BulkPage & { readonly actorId?: string | undefined },
  ): Promise<Page<BulkJob>>;
  listItems(workspace: string, jobId: string, page: BulkPage): Promise<Page<BulkItem>>;
  /** False where the job's state does not allow it. */
  step(workspace: string, jobId: string, step: Step): Promise<boolean>;
}

interface BulkPage {
  readonly limit: number;
  readonly pageToken?: string | undefined;
}
