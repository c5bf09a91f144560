import { buffer } from "node:stream/consumers";
import type { Artifacts } from "@runweir/artifacts-domain";
import { DomainError } from "@runweir/errors";
import type { Caller } from "@runweir/identity-domain";
import type { ModelVersion, Registry } from "@runweir/registry-domain";
import {
  type CodeFact,
  type DatasetFact,
  type FactsReader,
  type FileFact,
  type MetricFact,
  parseColumnProfiles,
  parseMetricKey,
  parseMlmodel,
  parseRequirements,
  type VersionFacts,
} from "@runweir/review-domain";
import type { DatasetInput, LoggedModel, Run, Tag, Tracking } from "@runweir/tracking-domain";

const filesMax = 500;
const evaluationRunsMax = 20;
const textMax = 1_000_000;
const evaluationTag = "runweir.evaluation_runs";

export interface FactServices {
  readonly registry: Pick<Registry, "getVersion" | "getDownloadUri">;
  readonly tracking: Pick<Tracking, "getRun" | "getLoggedModel">;
  readonly artifacts: Pick<Artifacts, "list" | "open">;
}

/**
 * What registry, tracking and artifacts know of a version, asked as the caller: of what they may not read, and of what is not
 * there any more, nothing is known.
 */
export function createFactsReader({ registry, tracking, artifacts }: FactServices): FactsReader {
  async function listFiles(caller: Caller, uri: string): Promise<{ files: FileFact[]; filesCut: boolean }> {
    const files: FileFact[] = [];
    const folders = [""];
    for (let folder = folders.shift(); folder !== undefined; folder = folders.shift()) {
      let pageToken: string | undefined;
      do {
        const page = await artifacts.list(caller, { kind: "location", uri }, folder, { pageToken });
        for (const entry of page.entries) {
          if (entry.kind === "folder") folders.push(entry.path);
          else if (files.length === filesMax) return { files, filesCut: true };
          else files.push({ path: entry.path, bytes: entry.bytes });
        }
        pageToken = page.nextPageToken;
      } while (pageToken !== undefined);
    }
    return { files: files.toSorted((a, b) => (a.path < b.path ? -1 : 1)), filesCut: false };
  }

  async function read(caller: Caller, uri: string, path: string, bytesMax: number) {
    const { file } = await artifacts.open(caller, { kind: "location", uri }, path);
    if (file.bytes === 0) {
      await file.close();
      return { bytes: new Uint8Array(), isCut: false };
    }
    const end = Math.min(file.bytes, bytesMax) - 1;
    return { bytes: await buffer(await file.read({ start: 0, end })), isCut: file.bytes > bytesMax };
  }

  return {
    async read(caller, model, number) {
      const version = await registry.getVersion(caller, model, String(number));
      const uri = await registry.getDownloadUri(caller, model, String(number));
      const tags = tagsOf(version.tags);
      const { modelId } = version;
      const runId = runOf(version);
      // Each run is one measurement, however often it is named.
      const named = new Set((tags[evaluationTag] ?? "").split(",").map((id) => id.trim()));
      const evaluationRunIds = [...named]
        .filter((id) => id !== "" && id !== runId)
        .slice(0, evaluationRunsMax);
      const [run, logged, evaluations, listing] = await Promise.all([
        runId === undefined ? undefined : known(tracking.getRun(caller, runId)),
        modelId === undefined ? undefined : known(tracking.getLoggedModel(caller, modelId)),
        Promise.all(evaluationRunIds.map((id) => known(tracking.getRun(caller, id)))),
        known(listFiles(caller, uri)),
      ]);
      const { files = [], filesCut = false } = listing ?? {};
      const textOf = async (path: string) => {
        if (!files.some((file) => file.path === path)) return undefined;
        const found = await known(read(caller, uri, path, textMax));
        return found && Buffer.from(found.bytes).toString("utf8");
      };
      const [mlmodelText, requirements, readme] = await Promise.all([
        textOf("MLmodel"),
        textOf("requirements.txt"),
        textOf("README.md"),
      ]);
      return composeFacts({
        version,
        tags,
        evaluationRunIds,
        run,
        logged,
        files,
        filesCut,
        evaluations: evaluations.filter((one) => one !== undefined),
        mlmodelText,
        requirements,
        readme,
      });
    },

    async readFile(caller, model, version, path, bytesMax) {
      const uri = await registry.getDownloadUri(caller, model, String(version));
      return read(caller, uri, path, bytesMax);
    },
  };
}

function composeFacts(parts: {
  readonly version: ModelVersion;
  readonly tags: Readonly<Record<string, string>>;
  readonly evaluationRunIds: readonly string[];
  readonly run: Run | undefined;
  readonly logged: LoggedModel | undefined;
  readonly evaluations: readonly Run[];
  readonly files: readonly FileFact[];
  readonly filesCut: boolean;
  readonly mlmodelText: string | undefined;
  readonly requirements: string | undefined;
  readonly readme: string | undefined;
}): VersionFacts {
  const { version, run, logged, evaluations } = parts;
  const mlmodel = parts.mlmodelText === undefined ? undefined : parseMlmodel(parts.mlmodelText);
  const runTags = tagsOf(run?.tags ?? []);
  const image = runTags["mlflow.docker.image.id"] ?? runTags["runweir.image"];
  const packages = parts.requirements === undefined ? {} : parseRequirements(parts.requirements);
  const isKnown = mlmodel?.python !== undefined || image !== undefined || Object.keys(packages).length > 0;
  return {
    model: version.name,
    version: version.version,
    source: version.source,
    runId: runOf(version),
    runName: run?.info.runName,
    evaluationRunIds: parts.evaluationRunIds,
    metrics: composeMetrics(run, logged, evaluations),
    params: Object.fromEntries(
      [...(logged?.params ?? []), ...(run?.params ?? [])].map(({ key, value }) => [key, value]),
    ),
    signature: mlmodel?.signature,
    flavors: mlmodel?.flavors ?? [],
    tags: parts.tags,
    datasets: (run?.datasetInputs ?? []).map(toDataset),
    environment: isKnown ? { python: mlmodel?.python, image, packages } : undefined,
    code: run && toCode(runTags),
    files: parts.files,
    filesCut: parts.filesCut,
    card: version.description || parts.readme || "",
  };
}

/** One value of each run; what a logged model says counts where its run does not say it. */
function composeMetrics(
  run: Run | undefined,
  logged: LoggedModel | undefined,
  evaluations: readonly Run[],
): readonly MetricFact[] {
  const values = new Map<string, number[]>();
  const add = (key: string, value: number) => values.set(key, [...(values.get(key) ?? []), value]);
  for (const { key, value } of run?.metrics ?? []) add(key, value);
  const ofRun = new Set(values.keys());
  const ofModel = new Map((logged?.metrics ?? []).map(({ key, value }) => [key, value]));
  for (const [key, value] of ofModel) if (!ofRun.has(key)) add(key, value);
  for (const { metrics } of evaluations) for (const { key, value } of metrics) add(key, value);
  return [...values].map(([key, list]) => ({ ...parseMetricKey(key), values: list }));
}

/** Clients need not name the run when the source does. */
function runOf({ runId, source }: ModelVersion): string | undefined {
  return runId ?? /^runs:\/+([^/]+)/i.exec(source)?.[1];
}

function toDataset({ dataset, tags }: DatasetInput): DatasetFact {
  const profile = parseObject(dataset.profile);
  const said = profile.num_rows ?? profile.rows;
  const rows = typeof said === "number" ? said : undefined;
  const columns = parseObject(dataset.schema).mlflow_colspec;
  return {
    name: dataset.name,
    digest: dataset.digest,
    context: tagsOf(tags)["mlflow.data.context"],
    rows,
    columns: Array.isArray(columns)
      ? columns.flatMap((column: { name?: unknown; type?: unknown }) =>
          typeof column?.name === "string" ? [{ name: column.name, type: String(column.type) }] : [],
        )
      : [],
    profiles: parseColumnProfiles(profile.columns, rows),
  };
}

function toCode(tags: Readonly<Record<string, string>>): CodeFact {
  const dirty = tags["mlflow.source.git.dirty"] ?? tags["runweir.git.dirty"];
  return {
    repository: tags["mlflow.source.git.repoURL"],
    branch: tags["mlflow.source.git.branch"],
    commit: tags["mlflow.source.git.commit"],
    isDirty: dirty === undefined ? undefined : dirty.toLowerCase() === "true",
    entryPoint: tags["mlflow.source.name"],
  };
}

function tagsOf(tags: readonly Tag[]): Readonly<Record<string, string>> {
  return Object.fromEntries(tags.map(({ key, value }) => [key, value]));
}

function parseObject(text: string | undefined): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(text ?? "{}");
    return typeof parsed === "object" && parsed !== null ? (parsed as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** Nothing, of what is not there and of what the caller may not see; whatever else goes wrong is told. */
async function known<Result>(work: Promise<Result>): Promise<Result | undefined> {
  try {
    return await work;
  } catch (error) {
    const unknowable = ["not_found", "permission_denied", "invalid_argument", "failed_precondition"];
    if (error instanceof DomainError && unknowable.includes(error.code)) return undefined;
    throw error;
  }
}
