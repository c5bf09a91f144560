/** What points at a version of a model and can be moved to another one. */
export type Target =
  | { readonly kind: "alias"; readonly alias: string }
  /** It points at the greatest version in that stage, which is the one that clients load by it. */
  | { readonly kind: "stage"; readonly stage: string };

export interface TargetMove {
  readonly model: string;
  readonly target: Target;
  /** What it points at now; nothing when absent. */
  readonly from?: number | undefined;
  /** What it points at afterwards; nothing when absent. A stage holds this version alone then. */
  readonly to?: number | undefined;
  /** Where the other versions of a stage go; `Archived` unless told. */
  readonly retireTo?: string | undefined;
}

/** Of moves that are made all together or not at all. */
export type MoveOutcome =
  | { readonly outcome: "moved" }
  /** Some target does not point at what its move says: what each of these points at instead. */
  | {
      readonly outcome: "conflict";
      readonly found: readonly { readonly move: TargetMove; readonly version?: number | undefined }[];
    }
  /** A model, or the version that a target was to point at, is not there. */
  | { readonly outcome: "absent"; readonly model: string; readonly version?: number | undefined };

export function describeTarget(target: Target): string {
  return target.kind === "alias" ? `alias '${target.alias}'` : `stage '${target.stage}'`;
}

/** The alias or the stage; which of them it is, its kind says. */
export function targetName(target: Target): string {
  return target.kind === "alias" ? target.alias : target.stage;
}

/** As links, scripts and the command line name it: aliases with `@`; a name without it is a stage. */
export function readTarget(text: string): Target {
  return text.startsWith("@") ? { kind: "alias", alias: text.slice(1) } : { kind: "stage", stage: text };
}
