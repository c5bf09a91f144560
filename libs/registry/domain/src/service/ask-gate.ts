import type { Caller } from "@runweir/identity-domain";
import type { RegisteredModel } from "../registered-model.ts";
import { initialStage } from "../stage.ts";
import type { Target, TargetMove } from "../target.ts";
import type { RegistryDependencies } from "./dependencies.ts";
import { requireModel, requireStoredVersion } from "./find-or-refuse.ts";

type Gated = Pick<RegistryDependencies, "store" | "gate">;

/** Asks whether an alias may move to this version, or end. */
export async function askForAlias(
  { store, gate }: Gated,
  caller: Caller,
  move: { readonly name: string; readonly alias: string; readonly to?: number | undefined },
): Promise<void> {
  if (!gate) return;
  const { name: model, alias, to } = move;
  const from = (await store.findVersionByAlias(caller.workspace, model, alias))?.version;
  if (from !== to)
    await gate.check(caller, { model, moves: [{ model, target: { kind: "alias", alias }, from, to }] });
}

/** Asks about the stage that a version comes into, and the one it leaves. */
export async function askForStage(
  { store, gate }: Gated,
  caller: Caller,
  move: { readonly name: string; readonly version: number; readonly stage: string },
): Promise<void> {
  if (!gate) return;
  const { name: model, version, stage } = move;
  const { workspace } = caller;
  const { stage: present } = (await requireStoredVersion(store, workspace, model, version)).version;
  if (present === stage) return;
  const { latestVersions } = await requireModel(store, workspace, model);
  const from = latestVersions.find((one) => one.stage === stage)?.version;
  await check({ gate }, caller, model, [
    { model, target: { kind: "stage", stage: present }, from: version },
    { model, target: { kind: "stage", stage }, from, to: version },
  ]);
}

/** Asks about everything that points at a version which is to be deleted. */
export async function askToDeleteVersion(
  { store, gate }: Gated,
  caller: Caller,
  name: string,
  version: number,
): Promise<void> {
  if (!gate) return;
  const { aliases, stage } = (await requireStoredVersion(store, caller.workspace, name, version)).version;
  await check({ gate }, caller, name, [
    ...aliases.map((alias) => ({ model: name, target: { kind: "alias", alias }, from: version }) as const),
    { model: name, target: { kind: "stage", stage }, from: version },
  ]);
}

/** Asks about everything that points at versions of a model which is to be deleted. */
export async function askToDeleteModel({ store, gate }: Gated, caller: Caller, name: string): Promise<void> {
  if (gate)
    await check({ gate }, caller, name, allTargets(await requireModel(store, caller.workspace, name)));
}

/** Asks about everything that points at versions of a model which is to have another name. */
export async function askToRenameModel(
  { store, gate }: Gated,
  caller: Caller,
  model: string,
  newName: string,
): Promise<void> {
  if (!gate?.checkRename) return;
  const targets = allTargets(await requireModel(store, caller.workspace, model)).map(({ target }) => target);
  await gate.checkRename(caller, { model, newName, targets: targets.filter(isHeld) });
}

function isHeld(target: Target): boolean {
  return target.kind === "alias" || target.stage !== initialStage;
}

function allTargets({ name: model, aliases, latestVersions }: RegisteredModel): readonly TargetMove[] {
  return [
    ...aliases.map(
      ({ alias, version }) => ({ model, target: { kind: "alias", alias }, from: version }) as const,
    ),
    ...latestVersions.map(
      ({ stage, version }) => ({ model, target: { kind: "stage", stage }, from: version }) as const,
    ),
  ];
}

/** Where a version begins, nothing is held. */
async function check(
  { gate }: Required<Pick<Gated, "gate">>,
  caller: Caller,
  model: string,
  all: readonly TargetMove[],
): Promise<void> {
  const moves = all.filter(({ target }) => isHeld(target));
  if (moves.length > 0) await gate?.check(caller, { model, moves });
}
