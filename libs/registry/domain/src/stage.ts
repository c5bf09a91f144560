import { DomainError } from "@runweir/errors";
import type { Caller } from "@runweir/identity-domain";

const builtIn = ["None", "Staging", "Production", "Archived"] as const;

/** Where a version begins. */
export const initialStage = "None";

export const archivedStage = "Archived";

export const stageLevels = ["edit", "staging", "production", "manage"] as const;

/** A stage, and the level on a model that moving a version into it or out of it takes. */
export interface Stage {
  readonly name: string;
  readonly level: (typeof stageLevels)[number];
}

/** Stages besides the ones that every MLflow has. */
export interface RegistryStages {
  /** Those of every model first, then the workspace's, then the model's own, if one is named. */
  listStages(caller: Caller, model?: string): Promise<readonly Stage[]>;
  /** Replaces the stages of the workspace, or of one model. One that holds versions stays, or is refused. */
  setStages(
    caller: Caller,
    input: { readonly model?: string | undefined; readonly stages: readonly Stage[] },
  ): Promise<readonly Stage[]>;
}

export interface StageStore {
  /** Of the workspace, and of the model if one is named. */
  readStages(workspace: string, model?: string): Promise<readonly Stage[]>;
  /** Answers the stages that hold versions and are not among the new ones; nothing is changed then. */
  writeStages(
    workspace: string,
    model: string | undefined,
    stages: readonly Stage[],
  ): Promise<readonly string[] | undefined>;
}

export const builtInStages: readonly Stage[] = [
  { name: "None", level: "edit" },
  { name: "Staging", level: "staging" },
  { name: "Production", level: "production" },
  { name: "Archived", level: "edit" },
];

/** The stage in its own spelling; clients write it in any case. */
export async function requireStage(
  store: Pick<StageStore, "readStages">,
  { workspace, model }: { readonly workspace: string; readonly model?: string | undefined },
  stage: string,
): Promise<string> {
  const known = findStage(builtInStages, stage);
  if (known) return known.name;
  const own = await store.readStages(workspace, model);
  const found = findStage(own, stage);
  if (found) return found.name;
  throw new DomainError(
    "invalid_argument",
    `Invalid Model Version stage: ${stage}. Value must be one of ${[...builtIn, ...own.map(({ name }) => name)].join(", ")}.`,
    { field: "stage" },
  );
}

export function findStage(stages: readonly Stage[], stage: string): Stage | undefined {
  return stages.find(({ name }) => name.toLowerCase() === stage.toLowerCase());
}

/** Where versions serve nobody, former ones cannot be archived by the same move. Takes a stage in its own spelling. */
export function requireActiveStage(stage: string, asWritten: string): void {
  if (stage !== initialStage && stage !== archivedStage) return;
  throw new DomainError(
    "invalid_argument",
    "Model version transition cannot archive existing model versions because " +
      `'${asWritten}' is not an Active stage. Valid stages are Staging, Production`,
    { field: "archive_existing_versions" },
  );
}
