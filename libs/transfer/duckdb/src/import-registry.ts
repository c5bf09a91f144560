import type { DuckDb } from "@runweir/duckdb";
import { DomainError } from "@runweir/errors";
import type { Caller } from "@runweir/identity-domain";
import type { RegistryImport } from "@runweir/registry-domain";
import type { Tracking } from "@runweir/tracking-domain";
import { type ExportedVersion, readRegisteredModels, readVersions } from "./exported-registry.ts";
import type { ImportReport } from "./import-report.ts";

export interface RegistryTarget {
  readonly caller: Caller;
  readonly registry: RegistryImport;
  /** Says where the artifacts of runs and logged models lie here. */
  readonly places: Pick<Tracking, "getRunInfo" | "getLoggedModel">;
}

const rowsAtOnce = 500;

/** Registered models with their versions and aliases, after the runs and logged models that they were made of. */
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
      const { outcome, differingTags } = await target.registry.placeModel(workspace, model);
      report.registered[outcome] += 1;
      if (differingTags.length > 0)
        report.notes.push(`${who} has other values here, which stay: tags ${differingTags.join(", ")}.`);
      await importVersions(duckdb, target, { modelNo, name: model.name, who }, report);
      done += 1;
      onProgress(done);
    }
    const last = models.at(-1);
    if (!last) return;
    after = last.modelNo;
  }
}

async function importVersions(
  duckdb: DuckDb,
  target: RegistryTarget,
  { modelNo, name, who }: { readonly modelNo: number; readonly name: string; readonly who: string },
  report: ImportReport,
): Promise<void> {
  const { registry, caller } = target;
  for (let after = 0; ; ) {
    const exported = await readVersions(duckdb, modelNo, after, rowsAtOnce);
    const last = exported.at(-1);
    if (!last) return;
    after = last.version.version;
    const versions = [];
    for (const one of exported) versions.push(await moveHere(target, one));
    const outcomes = await registry.placeVersions(caller.workspace, name, versions);
    for (const [version, outcome] of outcomes) {
      report.versions[outcome] += 1;
      if (outcome === "taken")
        report.notes.push(`${who}: version ${version} was refused, another one has its number here.`);
      if (outcome === "deleted")
        report.notes.push(`${who}: version ${version} was deleted here, and stays so.`);
    }
    const here = exported.filter(({ version }) => isHere(outcomes.get(version.version)));
    const aliases = here.flatMap((one) => one.aliases);
    const differing = await registry.placeAliases(caller.workspace, name, aliases);
    if (differing.length > 0)
      report.notes.push(`${who}: aliases point elsewhere here, and stay there: ${differing.join(", ")}.`);
  }
}

function isHere(outcome: string | undefined): boolean {
  return outcome === "made" || outcome === "there";
}

/** Artifacts of runs and logged models lie at places of this server's own; what a version says of them follows. */
async function moveHere(
  { caller, places: here }: RegistryTarget,
  { version, places: there }: ExportedVersion,
): Promise<ExportedVersion["version"]> {
  const moves: [string, string][] = [];
  if (there.run !== undefined && version.runId !== undefined) {
    const run = await unlessGone(here.getRunInfo(caller, version.runId));
    if (run) moves.push([there.run, run.artifactUri]);
  }
  if (there.model !== undefined && version.modelId !== undefined) {
    const model = await unlessGone(here.getLoggedModel(caller, version.modelId));
    if (model) moves.push([there.model, model.artifactUri]);
  }
  const move = (uri: string): string => {
    const found = moves.find(([from]) => uri === from || uri.startsWith(`${from}/`));
    return found ? found[1] + uri.slice(found[0].length) : uri;
  };
  return { ...version, source: move(version.source), storageLocation: move(version.storageLocation) };
}

/** A run that was left out, or its model. */
async function unlessGone<T>(found: Promise<T>): Promise<T | undefined> {
  try {
    return await found;
  } catch (error) {
    if (error instanceof DomainError && error.code === "not_found") return undefined;
    throw error;
  }
}
