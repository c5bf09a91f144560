import type { AuditRules } from "@runweir/identity-domain";
import type { Registry } from "../registry.ts";
import { findStage } from "../stage.ts";

/** What is entered into the audit log: what is deleted or given another name, and what serves in which stage or by which alias. */
export const registryAudit: AuditRules<Registry> = {
  async renameModel(registry, caller, name, newName) {
    await registry.getModel(caller, name);
    if (name === newName) return undefined;
    return { action: "model.rename", object: { id: name, name }, before: { name }, after: { name: newName } };
  },
  async deleteModel(registry, caller, name) {
    const { aliases, latestVersions, description } = await registry.getModel(caller, name);
    const stages = latestVersions.map(({ version, stage }) => ({ version, stage }));
    return {
      action: "model.delete",
      object: { id: name, name },
      before: { description, aliases, latestVersions: stages },
    };
  },
  async setAlias(registry, caller, name, alias, version) {
    const before = await versionOf(registry, caller, name, alias);
    if (before === Number(version)) return undefined;
    return {
      action: "alias.move",
      object: { id: `${name}@${alias}`, name: `${name}@${alias}` },
      before: { version: before },
      after: { version: Number(version) },
    };
  },
  async deleteAlias(registry, caller, name, alias) {
    const before = await versionOf(registry, caller, name, alias);
    if (before === undefined) return undefined;
    return {
      action: "alias.delete",
      object: { id: `${name}@${alias}`, name: `${name}@${alias}` },
      before: { version: before },
    };
  },
  async transitionStage(registry, caller, { name, version, stage, archiveExistingVersions }) {
    const { stage: before } = await registry.getVersion(caller, name, version);
    // One that there is not is refused by the move itself.
    const after = findStage(await registry.listStages(caller, name), stage)?.name ?? stage;
    if (before === after && !archiveExistingVersions) return undefined;
    return {
      action: "stage.move",
      object: { id: `${name}/${version}`, name: `${name} version ${version}` },
      before: { stage: before },
      after: { stage: after, ...(archiveExistingVersions ? { archivesOthers: true } : {}) },
    };
  },
  async deleteVersion(registry, caller, name, version) {
    const { stage, source, runId, aliases } = await registry.getVersion(caller, name, version);
    return {
      action: "version.delete",
      object: { id: `${name}/${version}`, name: `${name} version ${version}` },
      before: { stage, source, runId, aliases },
    };
  },
};

async function versionOf(
  registry: Pick<Registry, "getModel">,
  caller: Parameters<Registry["getModel"]>[0],
  name: string,
  alias: string,
): Promise<number | undefined> {
  const { aliases } = await registry.getModel(caller, name);
  return aliases.find((one) => one.alias === alias)?.version;
}
