import { requireStage, type StageStore } from "../stage.ts";
import type { Target } from "../target.ts";
import { requireAlias, requireFreeAlias } from "./check-alias.ts";

/** A target in its own spelling. */
export async function requireTarget(
  store: Pick<StageStore, "readStages">,
  where: { readonly workspace: string; readonly model?: string | undefined },
  target: Target,
  checkAlias: (alias: string) => string = requireAlias,
): Promise<Target> {
  return target.kind === "alias"
    ? { kind: "alias", alias: checkAlias(target.alias) }
    : { kind: "stage", stage: await requireStage(store, where, target.stage) };
}

/** One that something may be moved to: no alias that is reserved. */
export function requireMovableTarget(
  store: Pick<StageStore, "readStages">,
  where: { readonly workspace: string; readonly model?: string | undefined },
  target: Target,
): Promise<Target> {
  return requireTarget(store, where, target, requireFreeAlias);
}
