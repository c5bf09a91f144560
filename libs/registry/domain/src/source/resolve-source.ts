import { DomainError } from "@runweir/errors";
import type { Caller } from "@runweir/identity-domain";
import type { LoggedModel } from "@runweir/tracking-domain";
import type { ModelVersion } from "../model-version.ts";
import { isPrompt, isPromptSource } from "../prompt.ts";
import type { NewModelVersion } from "../registry.ts";
import type { RegistryDependencies } from "../service/dependencies.ts";
import {
  aliasNotFound,
  latestNotFound,
  requireModel,
  requireStoredVersion,
} from "../service/find-or-refuse.ts";
import { requireStage } from "../stage.ts";
import { isLatest } from "../validation/check-alias.ts";
import { requireVersion } from "../validation/check-version.ts";
import { notOf, parseSource, type Source } from "./parse-source.ts";

/** Where a version comes from, once everything it names has been looked up. */
export interface Origin {
  readonly source: string;
  /** Where its files are. */
  readonly storageLocation: string;
  readonly runId: string | undefined;
  readonly modelId: string | undefined;
}

/**
 * Finds out where a new version comes from. A path on the server's machine is refused unless it lies among the artifacts
 * of the run or model that the request names; other locations are taken down as they are, and whether the server reads
 * them is decided by the artifacts slice.
 */
export async function resolveSource(
  dependencies: RegistryDependencies,
  caller: Caller,
  input: Pick<NewModelVersion, "source" | "runId" | "modelId" | "tags">,
): Promise<Origin> {
  const { source } = input;
  const { allowedSources } = dependencies;
  if (allowedSources && !allowedSources.test(source))
    throw invalidSource(source, `Only sources that match ${allowedSources.source} are allowed here.`);
  if (isPrompt(input.tags ?? [])) {
    if (isPromptSource(source))
      return { source, storageLocation: source, runId: input.runId, modelId: undefined };
    throw invalidSource(source, "Prompt sources must use an MLflow placeholder.");
  }
  const parsed = parseSource(source);
  if (parsed.kind === "version") return resolveVersion(dependencies, caller, input, parsed);
  if (parsed.kind === "logged-model" && input.modelId && input.modelId !== parsed.modelId)
    throw notOf(source, "model_id");
  const modelId = parsed.kind === "logged-model" ? parsed.modelId : input.modelId;
  const model = modelId ? await dependencies.tracking.getLoggedModel(caller, modelId) : undefined;
  const origin = { source, runId: input.runId ?? model?.sourceRunId, modelId };
  if (parsed.kind === "logged-model" && model) return { ...origin, storageLocation: model.artifactUri };
  if (parsed.kind === "local")
    return {
      ...origin,
      storageLocation: await requireContained(dependencies, caller, input, parsed.path, model),
    };
  return { ...origin, storageLocation: source };
}

/** The path in its plain spelling, when it lies among the artifacts of the run or the model. */
async function requireContained(
  { tracking }: RegistryDependencies,
  caller: Caller,
  { source, runId }: Pick<NewModelVersion, "source" | "runId">,
  path: string | undefined,
  model: LoggedModel | undefined,
): Promise<string> {
  const field = model ? "model_id" : "run_id";
  const root =
    model?.artifactUri ?? (runId ? await artifactsOfRun(tracking, caller, source, runId) : undefined);
  const parsedRoot = root === undefined ? undefined : parseSource(root);
  const folder = parsedRoot?.kind === "local" ? parsedRoot.path : undefined;
  if (path !== undefined && folder !== undefined && (path === folder || path.startsWith(`${folder}/`)))
    return respell(source, path);
  throw invalidSource(
    source,
    `To use a local path as a model version source, the ${field} request parameter has to be specified and the local ` +
      `path has to be contained within the artifact directory of the run specified by the ${field}.`,
  );
}

async function artifactsOfRun(
  tracking: RegistryDependencies["tracking"],
  caller: Caller,
  source: string,
  runId: string,
): Promise<string> {
  try {
    return (await tracking.getRunInfo(caller, runId)).artifactUri;
  } catch (error) {
    throw error instanceof DomainError && error.code === "not_found" ? notOf(source, "run_id") : error;
  }
}

/** As a path or as a `file:` location, whichever it was. */
function respell(source: string, path: string): string {
  return source.startsWith("/") ? path : `file://${path.split("/").map(encodeURIComponent).join("/")}`;
}

/** A version made of another version is made of what that one was made of. */
async function resolveVersion(
  { store }: RegistryDependencies,
  caller: Caller,
  input: Pick<NewModelVersion, "source" | "runId" | "modelId">,
  { name, of }: Source & { readonly kind: "version" },
): Promise<Origin> {
  const model = await requireModel(store, caller.workspace, name);
  if (isPrompt(model.tags))
    throw invalidSource(input.source, "Prompt versions cannot be used as model version sources.");
  const number =
    "version" in of
      ? requireVersion(of.version)
      : numberOf(
          model,
          "stage" in of
            ? { stage: await requireStage(store, { workspace: caller.workspace, model: name }, of.stage) }
            : of,
        );
  const { version, storageLocation } = await requireStoredVersion(store, caller.workspace, name, number);
  if (
    (input.runId ?? version.runId) !== version.runId ||
    (input.modelId ?? version.modelId) !== version.modelId
  )
    throw invalidSource(
      input.source,
      "The run_id and model_id request parameters must match the referenced model version.",
    );
  return {
    source: `models:/${name}/${version.version}`,
    storageLocation,
    runId: version.runId,
    modelId: version.modelId,
  };
}

function numberOf(
  model: Awaited<ReturnType<typeof requireModel>>,
  of: { readonly stage: string } | { readonly alias: string },
): number {
  const newest = (versions: readonly ModelVersion[]) =>
    versions.reduce<number | undefined>((most, { version }) => Math.max(most ?? 0, version), undefined);
  if ("alias" in of) {
    const found = isLatest(of.alias)
      ? newest(model.latestVersions)
      : model.aliases.find(({ alias }) => alias === of.alias)?.version;
    if (found === undefined) throw aliasNotFound(of.alias);
    return found;
  }
  const found = newest(model.latestVersions.filter(({ stage }) => stage === of.stage));
  if (found === undefined) throw latestNotFound(`${model.name} in stage ${of.stage}`);
  return found;
}

function invalidSource(source: string, why: string): DomainError {
  return new DomainError("invalid_argument", `Invalid model version source: '${source}'. ${why}`, {
    field: "source",
  });
}
