import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import type { ArtifactOwner, Artifacts } from "@runweir/artifacts-domain";
import type { DuckDb } from "@runweir/duckdb";
import { DomainError } from "@runweir/errors";
import { systemCaller } from "@runweir/identity-domain";
import { type ExportManifest, type ExportPlan, exportTables } from "@runweir/transfer-domain";
import { chosen } from "./chosen-rows.ts";
import type { ExportFolder } from "./export-folder.ts";
import type { ExportProgress } from "./export-progress.ts";
import { translateStorage } from "./translate-storage.ts";

export type LeftArtifacts = ExportManifest["artifacts"]["left"];

interface Owner {
  readonly kind: "run" | "model";
  readonly id: string;
}

/** Copies what is not complete yet. Files change on their own, so they are as they are found; each is one state of it. */
export async function copyArtifacts(options: {
  readonly duckdb: DuckDb;
  readonly folder: ExportFolder;
  readonly plan: ExportPlan;
  readonly artifacts: Pick<Artifacts, "list" | "open">;
  readonly onProgress: (progress: ExportProgress) => void;
}): Promise<LeftArtifacts> {
  const { folder, plan, artifacts } = options;
  const caller = { ...systemCaller("export"), workspace: plan.workspace };
  const left: LeftArtifacts = [];
  const owners = await listOwners(options.duckdb, plan);

  async function copyOwner(owner: Owner): Promise<void> {
    const of: ArtifactOwner =
      owner.kind === "run" ? { kind: "run", runId: owner.id } : { kind: "model", modelId: owner.id };
    for await (const path of walk((at, pageToken) => artifacts.list(caller, of, at, { pageToken }))) {
      const name = `artifacts/${owner.kind}s/${owner.id}/${path}`;
      if (folder.complete.has(name)) continue;
      const { file } = await artifacts.open(caller, of, path);
      const staged = await folder.stage(name);
      await pipeline(await file.read(), createWriteStream(staged)).catch((error: unknown) => {
        throw translateStorage(error, folder.root);
      });
      await folder.seal(name, { owner_kind: owner.kind, owner_id: owner.id, owner_path: path });
    }
  }

  for (const [i, owner] of owners.entries()) {
    options.onProgress({ what: "artifacts", done: i, of: owners.length });
    try {
      await copyOwner(owner);
    } catch (error) {
      // A place that this server may not read, or a file that went away meanwhile, is no reason to give up the rest.
      if (
        !(error instanceof DomainError) ||
        !["invalid_argument", "not_found", "conflict"].includes(error.code)
      )
        throw error;
      left.push({ owner: `${owner.kind} ${owner.id}`, reason: error.message });
    }
  }
  options.onProgress({ what: "artifacts", done: owners.length, of: owners.length });
  return left;
}

async function listOwners(duckdb: DuckDb, plan: ExportPlan): Promise<readonly Owner[]> {
  const owners: Owner[] = [];
  for (const [kind, table, column] of [
    ["run", "runs", "run_id"],
    ["model", "logged_models", "model_id"],
  ] as const) {
    const schema = exportTables.find((one) => one.name === table);
    if (!schema) continue;
    const rows = await duckdb.query<{ id: string }>(
      `SELECT ${column} AS id FROM ${table} WHERE ${chosen(schema, plan)} ORDER BY ${schema.order.join(", ")}`,
    );
    for (const { id } of rows) owners.push({ kind, id });
  }
  return owners;
}

type List = (path: string, pageToken: string | undefined) => ReturnType<Artifacts["list"]>;

/** All files below, folder by folder. */
async function* walk(list: List, folder = ""): AsyncGenerator<string> {
  let pageToken: string | undefined;
  do {
    const page = await list(folder, pageToken);
    for (const entry of page.entries) {
      if (entry.kind === "file") yield entry.path;
      else yield* walk(list, entry.path);
    }
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
}
