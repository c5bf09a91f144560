import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { join } from "node:path";
import type { ArtifactOwner, Artifacts } from "@runweir/artifacts-domain";
import type { DuckDb } from "@runweir/duckdb";
import { DomainError } from "@runweir/errors";
import type { Caller } from "@runweir/identity-domain";
import { damagedExport } from "@runweir/transfer-domain";
import { findDamage } from "../hash-file.ts";
import type { ImportReport } from "./import-report.ts";

export interface ExportedArtifact {
  readonly kind: "run" | "model";
  readonly ownerId: string;
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

export async function readArtifactList(duckdb: DuckDb): Promise<readonly ExportedArtifact[]> {
  const rows = await duckdb.query<ExportedArtifact & Record<string, unknown>>(
    `SELECT owner_kind AS kind, owner_id AS "ownerId", path, bytes::DOUBLE AS bytes, sha256
     FROM artifact_files ORDER BY owner_kind DESC, owner_id, path`,
  );
  for (const { kind, ownerId, path } of rows) {
    // They become paths of files: nothing of them may lead out of the folder.
    const parts = path.split("/");
    const sound = /^(run|model)$/.test(kind) && /^[A-Za-z0-9_.-]+$/.test(ownerId) && !/^\.+$/.test(ownerId);
    if (!sound || parts.some((part) => part === "" || part === "." || part === ".."))
      throw damagedExport(`artifact_files names ${JSON.stringify(`${kind} ${ownerId}/${path}`)}`);
  }
  return rows;
}

function placeOf(root: string, { kind, ownerId, path }: ExportedArtifact): string {
  return join(root, "artifacts", `${kind}s`, ownerId, path);
}

export async function checkArtifacts(
  root: string,
  list: readonly ExportedArtifact[],
  onProgress: (done: number, of: number) => void,
): Promise<void> {
  const damages: string[] = [];
  for (const [i, artifact] of list.entries()) {
    onProgress(i, list.length);
    const place = placeOf(root, artifact);
    const damage = await findDamage(place, artifact);
    if (damage !== undefined) damages.push(`${place.slice(root.length + 1)} ${damage}`);
  }
  if (damages.length > 0) throw damagedExport(damages.join("; "));
}

export interface ArtifactsTarget {
  readonly caller: Caller;
  readonly artifacts: Pick<Artifacts, "open" | "put">;
}

/** Those of runs and models that are here. */
export async function importArtifacts(
  target: ArtifactsTarget,
  root: string,
  list: readonly ExportedArtifact[],
  owners: Readonly<Record<ExportedArtifact["kind"], ReadonlySet<string>>>,
  report: ImportReport,
  onProgress: (done: number) => void,
): Promise<void> {
  const { here = [], gone = [] } = Object.groupBy(list, ({ kind, ownerId }) =>
    owners[kind].has(ownerId) ? "here" : "gone",
  );
  report.artifacts.left += gone.length;
  for (const [who, own] of Map.groupBy(gone, ({ kind, ownerId }) => `${kind} ${ownerId}`))
    report.notes.push(`Artifacts of ${who} were left out with it: ${own.length}.`);
  for (const [i, artifact] of here.entries()) {
    onProgress(gone.length + i);
    const who = `Artifact ${artifact.path} of ${artifact.ownerId}`;
    try {
      const outcome = await importArtifact(target, root, artifact);
      report.artifacts[outcome] += 1;
      if (outcome === "differs") report.notes.push(`${who} is here with other content, which stays.`);
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== "invalid_argument") throw error;
      report.artifacts.left += 1;
      report.notes.push(`${who} was refused: ${error.message}`);
    }
  }
}

async function importArtifact(
  { artifacts, caller }: ArtifactsTarget,
  root: string,
  artifact: ExportedArtifact,
): Promise<"made" | "there" | "differs"> {
  const { kind, ownerId, path } = artifact;
  const owner: ArtifactOwner = kind === "run" ? { kind, runId: ownerId } : { kind, modelId: ownerId };
  const known = await hashStored(artifacts, caller, owner, path, artifact.bytes);
  if (known !== undefined) return known === artifact.sha256 ? "there" : "differs";
  await artifacts.put(caller, owner, path, createReadStream(placeOf(root, artifact)));
  const written = await hashStored(artifacts, caller, owner, path, artifact.bytes);
  if (written === artifact.sha256) return "made";
  throw new DomainError(
    "internal",
    `Artifact ${path} of ${ownerId} is not here as it was sent. Delete it and import again.`,
  );
}

/** Undefined when there is no such file; something that cannot be the checksum when its size differs. */
async function hashStored(
  artifacts: Pick<Artifacts, "open">,
  caller: Caller,
  owner: ArtifactOwner,
  path: string,
  bytes: number,
): Promise<string | undefined> {
  const opened = await artifacts.open(caller, owner, path).catch((error: unknown) => {
    if (error instanceof DomainError && error.code === "not_found") return undefined;
    throw error;
  });
  if (!opened) return undefined;
  if (opened.file.bytes !== bytes) {
    await opened.file.close();
    return "another size";
  }
  const hash = createHash("sha256");
  for await (const part of await opened.file.read()) hash.update(part as Buffer);
  return hash.digest("hex");
}
