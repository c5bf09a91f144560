import type { Permission } from "@runweir/identity-domain";
import { findStage, type Stage } from "../stage.ts";

/** What moving a version into a stage or out of it takes besides an edit. A stage that is not known is nobody's. */
export function stagePermission(stages: readonly Stage[], stage: string): Permission | undefined {
  const level = findStage(stages, stage)?.level ?? "edit";
  return level === "edit" ? undefined : `model.${level}`;
}
