import type { DuckDb } from "@runweir/duckdb";
import type { RegistryImport, RegistryStore } from "@runweir/registry-domain";
import { compareRegisteredModel, compareVersion } from "@runweir/transfer-domain";
import { type ExportedVersion, readRegisteredModels, readVersions } from "./exported-registry.ts";
import { type ImportReport, noteDiffering } from "./import-report.ts";
import { moveVersion, type PlacesTarget } from "./move-version.ts";
import { isHere, rowsAtOnce } from "./outcomes.ts";

export interface RegistryTarget extends PlacesTarget {
  readonly registry: RegistryImport;
  readonly registryStore: Pick<RegistryStore, "findModel" | "findVersion">;
}

/**
 * Registered models with their versions and aliases, after the runs and logged models that they were made of; compares what is
 * here then.
 */
export async function importRegistry(
  duckdb: DuckDb,
  target: RegistryTarget,
  report: ImportReport,
  onProgress: (models: number) => void,
): Promise<void> {
  const { workspace } = target.caller;
  let done = 0;
  for (let after = -1; ; ) {
    const models = await readRegisteredModels(duckdb, after, rowsAtOnce);
    for (const { modelNo, model } of models) {
      const who = `Registered model ${JSON.stringify(model.name)}`;
      const { outcome, addedTags } = await target.registry.placeModel(workspace, model);
      report.registered[outcome] += 1;
      report.tagsAdded += addedTags;
      const here = await target.registryStore.findModel(workspace, model.name);
      if (here) noteDiffering(report, who, compareRegisteredModel(model, here));
      for (let version = 0; ; ) {
        const exported = await readVersions(duckdb, modelNo, version, rowsAtOnce);
        const last = exported.at(-1);
        if (!last) break;
        version = last.version.version;
        await importVersions(target, { name: model.name, who }, exported, report);
      }
      done += 1;
      onProgress(done);
    }
    const last = models.at(-1);
    if (!last) return;
    after = last.modelNo;
  }
}

interface Owner {
  readonly name: string;
  /** For notes. */
  readonly who: string;
}

async function importVersions(
  target: RegistryTarget,
  owner: Owner,
  exported: readonly ExportedVersion[],
  report: ImportReport,
): Promise<void> {
  const { registry, registryStore } = target;
  const { workspace } = target.caller;
  const moved = [];
  for (const one of exported) moved.push(await moveVersion(target, one));
  const outcomes = await registry.placeVersions(
    workspace,
    owner.name,
    moved.map(({ version }) => version),
  );
  for (const { version, lacks } of moved) {
    const outcome = outcomes.get(version.version) ?? "deleted";
    report.versions[outcome] += 1;
    const who = `${owner.who}: version ${version.version}`;
    if (outcome === "taken") report.notes.push(`${who} was refused, another one has its number here.`);
    if (outcome === "deleted") report.notes.push(`${who} was deleted here, and stays so.`);
    if (!isHere(outcome)) continue;
    if (lacks !== undefined) report.notes.push(`${who} is without its files: ${lacks} was left out.`);
    const here = await registryStore.findVersion(workspace, owner.name, version.version);
    if (here) noteDiffering(report, who, compareVersion(version, here));
  }
  await importAliases(target, owner, exported, report);
}

async function importAliases(
  { registry, caller }: RegistryTarget,
  { name, who }: Owner,
  exported: readonly ExportedVersion[],
  report: ImportReport,
): Promise<void> {
  const aliases = exported.flatMap((one) => one.aliases);
  if (aliases.length === 0) return;
  const { made, differing, absent } = await registry.placeAliases(caller.workspace, name, aliases);
  report.aliases.made += made;
  report.aliases.differs += differing.length;
  report.aliases.left += absent.length;
  report.aliases.there += aliases.length - made - differing.length - absent.length;
  if (differing.length > 0)
    report.notes.push(`${who}: aliases point elsewhere here, and stay there: ${differing.join(", ")}.`);
  if (absent.length > 0)
    report.notes.push(`${who}: aliases were left out with their versions: ${absent.join(", ")}.`);
}
