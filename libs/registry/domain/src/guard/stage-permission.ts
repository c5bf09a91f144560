import type { Permission } from "@runweir/identity-domain";

const permissions: Readonly<Record<string, Permission>> = {
  Staging: "model.staging",
  Production: "model.production",
};

/** What moving a version into a stage or out of it takes, besides an edit. */
export function stagePermission(stage: string | undefined): Permission | undefined {
  return stage === undefined ? undefined : permissions[stage];
}
