import { DomainError } from "@runweir/errors";
import type { Caller } from "@runweir/identity-domain";
import type { Expression, Run } from "@runweir/tracking-domain";
import type { Derivation, RegistryLineage, SourceRun, VersionName } from "../lineage.ts";
import type { ModelVersion } from "../model-version.ts";
import { requireLimit } from "../search/parse-search.ts";
import { parseSource } from "../source/parse-source.ts";
import { requireModelName } from "../validation/check-model-name.ts";
import { requireVersion } from "../validation/check-version.ts";
import { limits } from "../validation/limits.ts";
import type { RegistryDependencies } from "./dependencies.ts";
import { requireStoredVersion } from "./find-or-refuse.ts";

const commitTag = "mlflow.source.git.commit";
const sourceNameTag = "mlflow.source.name";
const contextTag = "mlflow.data.context";
const derivedTag = "runweir.derivedFrom";
/** What one look at a run's numbers shows; some have a hundred thousand. */
const valuesMax = 500;
const derivedMax = 100;
/** Of the runs that a dataset went into. */
const runsMax = 1_000;

export function lineageService({ store, tracking }: RegistryDependencies): RegistryLineage {
  const versionsOf = (
    { workspace }: Caller,
    runIds: readonly string[],
    page: { readonly maxResults: number; readonly pageToken?: string | undefined },
  ) =>
    store.searchVersions(workspace, {
      where: ofRuns(runIds),
      orderBy: [],
      limit: requireLimit(page.maxResults, limits.searchModels),
      pageToken: page.pageToken || undefined,
    });

  return {
    async getLineage(caller, name, version) {
      const { workspace } = caller;
      const number = requireVersion(version);
      const found = (await requireStoredVersion(store, workspace, requireModelName(name), number)).version;
      const [run, loggedModel, derived, meant] = await Promise.all([
        found.runId ? unlessGone(tracking.getRun(caller, found.runId)) : undefined,
        found.modelId ? unlessGone(tracking.getLoggedModel(caller, found.modelId)) : undefined,
        store.findDerived(workspace, { name, version: number }, derivedMax),
        store.findMeant(workspace, { name, version: number }),
      ]);
      return {
        version: found,
        run: run && toSourceRun(run),
        loggedModel: loggedModel && { modelId: loggedModel.modelId, name: loggedModel.name },
        derivedFrom: originsOf(found, meant),
        derived,
      };
    },

    findVersionsOfRun: async (caller, { runId, ...page }) => versionsOf(caller, [runId], page),

    async findVersionsOfDataset(caller, { experimentIds, digest, ...page }) {
      const runs = await tracking.searchRuns(caller, {
        experimentIds,
        where: {
          kind: "comparison",
          field: { entity: "dataset", key: "digest" },
          operator: "=",
          value: digest,
        },
        viewType: "ACTIVE_ONLY",
        maxResults: runsMax,
      });
      const runIds = runs.items.map(({ info }) => info.runId);
      return runIds.length === 0 ? { items: [] } : versionsOf(caller, runIds, page);
    },
  };
}

function ofRuns(runIds: readonly string[]): Expression {
  return {
    kind: "comparison",
    field: { entity: "attribute", key: "run_id" },
    operator: "IN",
    value: [...runIds],
  };
}

function originsOf(
  { source, tags }: ModelVersion,
  meant: ReadonlyMap<string, VersionName>,
): readonly Derivation[] {
  const said = [
    { by: "source", text: source } as const,
    ...tags
      .filter(({ key }) => key.startsWith(derivedTag))
      .map(({ value }) => ({ by: "tag", text: value }) as const),
  ];
  return said.flatMap(({ by, text }): readonly Derivation[] => {
    const kept = meant.get(text);
    if (kept) return [{ ...kept, by }];
    const parsed = parseQuietly(text);
    return parsed?.kind === "version" && "version" in parsed.of
      ? [{ name: parsed.name, version: Number(parsed.of.version), by }]
      : [];
  });
}

/** Tags say what people like. */
function parseQuietly(text: string) {
  try {
    return parseSource(text);
  } catch (error) {
    if (error instanceof DomainError) return undefined;
    throw error;
  }
}

function toSourceRun({ info, params, metrics, tags, datasetInputs }: Run): SourceRun {
  const tagOf = (key: string) => tags.find((tag) => tag.key === key)?.value;
  return {
    runId: info.runId,
    runName: info.runName,
    experimentId: info.experimentId,
    commit: tagOf(commitTag),
    sourceName: tagOf(sourceNameTag),
    params: params.slice(0, valuesMax),
    metrics: metrics.slice(0, valuesMax),
    datasets: datasetInputs.map(({ dataset: { name, digest, sourceType, source }, tags: own }) => ({
      name,
      digest,
      sourceType,
      source,
      context: own.find(({ key }) => key === contextTag)?.value,
    })),
  };
}

/** Runs and logged models may be deleted for good while versions that came from them stay. */
async function unlessGone<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof DomainError && error.code === "not_found") return undefined;
    throw error;
  }
}
