import type { DuckDb } from "@runweir/duckdb";
import type { SnapshotBuild, SnapshotFolder } from "@runweir/snapshot-domain";
import { assembleFiles } from "./assemble-files.ts";
import type { BuildContext } from "./build-context.ts";
import { readCurrent } from "./find-start.ts";

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
  const held: (() => void)[] = [];
  const context: BuildContext = {
    build,
    duckdb: options.duckdb,
    folder: options.folder,
    batchPoints: options.batchPoints ?? 4_000_000,
    written: [],
    hold: async (files) => void held.push(await options.folder.hold(files)),
    onStep: options.onStep ?? (() => {}),
  };
  try {
    return await write(context, options);
  } catch (error) {
    // They would go with the next clearing up; on a full disk that is too late.
    await options.folder.remove(context.written).catch(() => {});
    throw error;
  } finally {
    for (const letGo of held) letGo();
  }
}

async function write(context: BuildContext, options: SnapshotOptions): Promise<BuildResult> {
  const { build, folder } = context;
  const start = await readCurrent(context, options);
  const { manifest, fresh, dropped, gone, restored, purged } = await assembleFiles(
    context,
    options.workspace,
    start,
    {
      purgeAfterSeconds: options.purgeAfterSeconds ?? 86_400,
      filesPerTier: options.filesPerTier,
    },
  );
  const { seq, files } = manifest;
  if (start && fresh.length + dropped.length + gone.length + restored.length === 0) {
    await build.confirm();
    return { seq: seq - 1, published: false, files: files.length, rowsWritten: 0, bytesWritten: 0 };
  }
  context.onStep("manifest");
  const { path, sha256 } = await folder.writeManifest(manifest);
  context.written.push(path);
  context.onStep("publish");
  await build.publish({
    seq,
    manifestPath: path,
    manifestSha256: sha256,
    added: fresh.map((file) => file.path),
    dropped: start ? dropped : "all",
    gone,
    restored,
    anew: start === undefined,
    purged,
  });
  context.onStep("published");
  const rowsWritten = fresh.reduce((sum, file) => sum + file.rows, 0);
  const bytesWritten = fresh.reduce((sum, file) => sum + file.bytes, 0);
  return { seq, published: true, files: files.length, rowsWritten, bytesWritten };
}
