import type { DuckDb } from "@runweir/duckdb";
import { DomainError } from "@runweir/errors";
import {
  type EntityKind,
  entityKinds,
  type Manifest,
  numbersOfBucket,
  pointTables,
  type SnapshotBuild,
  type SnapshotFile,
  schemaVersion,
  tables,
} from "@runweir/snapshot-domain";
import { appendPoints } from "./append-points.ts";
import type { BuildContext } from "./build-context.ts";
import { compactPoints, purgePoints } from "./compact-points.ts";
import { rewriteCopiedTables } from "./rewrite-buckets.ts";
import type { SnapshotFolder } from "./snapshot-folder.ts";
import { summariseRuns } from "./summarise-runs.ts";

export interface SnapshotOptions {
  readonly workspace: string;
  readonly duckdb: DuckDb;
  readonly folder: SnapshotFolder;
  /** Compare checksums of all files first, not only sizes. */
  readonly thorough?: boolean;
  /** How long points of deleted runs stay in files, hidden; so long a restored run costs nothing. */
  readonly purgeAfterSeconds?: number;
  readonly batchPoints?: number;
  readonly filesPerTier?: number;
  /** Told what was found damaged, and is being written anew. */
  readonly onDamage?: (what: string) => void;
  readonly onStep?: BuildContext["onStep"];
}

export interface BuildResult {
  readonly seq: number;
  /** False when nothing had changed, and the current snapshot stays. */
  readonly published: boolean;
  readonly files: number;
  readonly rowsWritten: number;
  readonly bytesWritten: number;
}

/**
 * Brings the snapshot up to what the database holds: files of what changed, a manifest, and the flip of CURRENT. Whatever
 * ends it before the flip leaves nothing but files that nobody refers to.
 */
export async function buildSnapshot(build: SnapshotBuild, options: SnapshotOptions): Promise<BuildResult> {
  const context: BuildContext = {
    build,
    duckdb: options.duckdb,
    folder: options.folder,
    batchPoints: options.batchPoints ?? 4_000_000,
    written: [],
    onStep: options.onStep ?? (() => {}),
  };
  try {
    return await write(context, options);
  } catch (error) {
    // They would go with the next clearing up; on a full disk that is too late.
    await options.folder.remove(context.written).catch(() => {});
    throw error;
  }
}

async function write(context: BuildContext, options: SnapshotOptions): Promise<BuildResult> {
  const { build, folder } = context;
  const before = await readCurrent(context, options);
  const anew = before === undefined;
  const seq = (build.current?.seq ?? 0) + 1;
  const { files: sound, changed, runsToRead } = before ?? (await everything(build));
  const { gone, restored } = anew
    ? { gone: [], restored: [] }
    : await build.sortRuns(changed.get("run") ?? []);

  let files = await rewriteCopiedTables(context, sound, changed);
  const sources = await build.findPoints(runsToRead === "all" ? "all" : [...runsToRead, ...restored]);
  const { added, runNos } = await appendPoints(context, files, sources);
  files = await summariseRuns(context, [...files, ...added], {
    grown: runNos,
    whole: runsToRead === "all" ? runNos : [...runsToRead, ...restored],
    gone,
    added,
  });
  const hidden = anew
    ? []
    : [...new Set([...build.hidden.map((one) => one.runNo), ...gone])].filter(
        (runNo) => !restored.includes(runNo),
      );
  const purge = hidden.length > 0 && isPurgeDue(build, gone, options.purgeAfterSeconds ?? 86_400);
  if (purge) files = await purgePoints(context, files, hidden);
  files = await compactPoints(context, files, hidden, options.filesPerTier);

  const previous = anew ? [] : before.listed;
  const paths = new Set(files.map((file) => file.path));
  const known = new Set(previous.map((file) => file.path));
  const fresh = files.filter((file) => !known.has(file.path));
  const dropped = previous.filter((file) => !paths.has(file.path)).map((file) => file.path);
  if (!anew && fresh.length + dropped.length + gone.length + restored.length === 0) {
    await build.confirm();
    return { seq: seq - 1, published: false, files: files.length, rowsWritten: 0, bytesWritten: 0 };
  }
  const manifest: Manifest = {
    format: 1,
    schemaVersion,
    workspace: options.workspace,
    seq,
    previousSeq: seq - 1,
    createdAt: build.now.toISOString(),
    position: [...build.position],
    hidden: purge ? [] : hidden.sort((a, b) => a - b),
    files: [...files],
  };
  context.onStep("manifest");
  const { path, sha256 } = await folder.writeManifest(manifest);
  context.written.push(path);
  context.onStep("publish");
  await build.publish({
    seq,
    manifestPath: path,
    manifestSha256: sha256,
    added: fresh.map((file) => file.path),
    dropped: anew ? "all" : dropped,
    gone,
    restored,
    anew,
    purged: purge,
  });
  context.onStep("published");
  const rowsWritten = fresh.reduce((sum, file) => sum + file.rows, 0);
  const bytesWritten = fresh.reduce((sum, file) => sum + file.bytes, 0);
  return { seq, published: true, files: files.length, rowsWritten, bytesWritten };
}

interface Start {
  /** Files that are as they were written. */
  readonly files: readonly SnapshotFile[];
  /** All files of the snapshot before. */
  readonly listed: readonly SnapshotFile[];
  readonly changed: ReadonlyMap<EntityKind, readonly number[]>;
  /** Runs whose points are read whole, whatever is new of them. */
  readonly runsToRead: readonly number[] | "all";
}

async function everything(build: SnapshotBuild): Promise<Start> {
  const changed = new Map<EntityKind, readonly number[]>();
  for (const kind of entityKinds) changed.set(kind, await build.listNumbers(kind));
  return { files: [], listed: [], changed, runsToRead: "all" };
}

/** Where to go on from; undefined when everything has to be read anew. */
async function readCurrent(context: BuildContext, options: SnapshotOptions): Promise<Start | undefined> {
  const { build, folder } = context;
  const { current, changes } = build;
  if (!current || !changes) return undefined;
  const manifest = await folder
    .readManifest(current.manifestPath, current.manifestSha256)
    .catch((error: unknown) => {
      if (!(error instanceof DomainError) || error.reason !== "snapshot_damaged") throw error;
      options.onDamage?.(error.message);
    });
  if (manifest?.schemaVersion !== schemaVersion) return undefined;
  const bad: SnapshotFile[] = [];
  for (const file of manifest.files) {
    const damage = await folder.findDamage(file, options.thorough ?? false);
    if (damage === undefined) continue;
    options.onDamage?.(`${damage}.`);
    bad.push(file);
  }
  const repair = await findLost(build, bad);
  return {
    files: manifest.files.filter((file) => !bad.includes(file)),
    listed: manifest.files,
    changed: new Map(
      entityKinds.map((kind) => [
        kind,
        [...new Set([...(changes.get(kind) ?? []), ...(repair.changed.get(kind) ?? [])])].sort(
          (a, b) => a - b,
        ),
      ]),
    ),
    runsToRead: repair.runs,
  };
}

/** What was in damaged files, and maybe more: entities of the same buckets, runs between the least and the greatest. */
async function findLost(build: SnapshotBuild, bad: readonly SnapshotFile[]) {
  const changed = new Map<EntityKind, readonly number[]>();
  if (bad.length === 0) return { changed, runs: [] };
  const lost = new Map<EntityKind, Set<number>>();
  const runs = new Set<number>();
  for (const kind of entityKinds) {
    const numbers = await build.listNumbers(kind);
    for (const file of bad) {
      const ofPoints = file.bucket === undefined;
      if (kindOf(file.table) !== kind) continue;
      const [from, to] = file.bucket === undefined ? file.numbers : numbersOfBucket(file.bucket);
      const inside = numbers.filter((number) => number >= from && number <= to);
      const made = file.table === pointTables.summary.name || file.table === pointTables.rollup.name;
      for (const number of inside) {
        if (ofPoints || made) runs.add(number);
        else lost.set(kind, (lost.get(kind) ?? new Set()).add(number));
      }
    }
  }
  for (const [kind, numbers] of lost) changed.set(kind, [...numbers]);
  return { changed, runs: [...runs] };
}

function kindOf(table: string): EntityKind | undefined {
  return tables.find((one) => one.name === table)?.kind;
}

function isPurgeDue(build: SnapshotBuild, gone: readonly number[], seconds: number): boolean {
  if (seconds <= 0 && gone.length > 0) return true;
  const limit = build.now.getTime() - seconds * 1_000;
  return build.hidden.some((one) => one.hiddenAt.getTime() <= limit);
}
