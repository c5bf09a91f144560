import type { Manifest, SnapshotBuild, SnapshotFile } from "@runweir/snapshot-domain";
import { schemaVersion } from "@runweir/snapshot-domain";
import { appendPoints } from "./append-points.ts";
import type { BuildContext } from "./build-context.ts";
import { compactPoints, purgePoints } from "./compact-points.ts";
import { everything, type Start } from "./find-start.ts";
import { rewriteCopiedTables } from "./rewrite-buckets.ts";
import { summariseRuns } from "./summarise-runs.ts";

/** The files of a snapshot that nobody has heard of yet. */
export interface Assembly {
  readonly manifest: Manifest;
  readonly fresh: readonly SnapshotFile[];
  readonly dropped: readonly string[];
  /** Runs deleted since the snapshot before, and restored since. */
  readonly gone: readonly number[];
  readonly restored: readonly number[];
  /** Whether no file holds points of hidden runs any more. */
  readonly purged: boolean;
}

export interface Tidying {
  readonly purgeAfterSeconds: number;
  readonly filesPerTier?: number | undefined;
}

/**
 * Writes the files of what changed since `start`, or of everything; without tidying, nothing but that. What is written is
 * the snapshot that the transaction of `build` sees.
 */
export async function assembleFiles(
  context: BuildContext,
  workspace: string,
  start: Start | undefined,
  tidying: Tidying | undefined,
): Promise<Assembly> {
  const { build } = context;
  const anew = start === undefined;
  const seq = (build.current?.seq ?? 0) + 1;
  const { files: sound, changed, runsToRead } = start ?? (await everything(build));
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
  const purged = tidying !== undefined && hidden.length > 0 && isPurgeDue(build, gone, tidying);
  if (purged) files = await purgePoints(context, files, hidden);
  if (tidying) files = await compactPoints(context, files, hidden, tidying.filesPerTier);

  const previous = start?.listed ?? [];
  const paths = new Set(files.map((file) => file.path));
  const known = new Set(previous.map((file) => file.path));
  return {
    manifest: {
      format: 1,
      schemaVersion,
      workspace,
      seq,
      previousSeq: seq - 1,
      createdAt: build.now.toISOString(),
      position: [...build.position],
      hidden: purged ? [] : hidden.sort((a, b) => a - b),
      files: [...files],
    },
    fresh: files.filter((file) => !known.has(file.path)),
    dropped: previous.filter((file) => !paths.has(file.path)).map((file) => file.path),
    gone,
    restored,
    purged,
  };
}

function isPurgeDue(
  build: SnapshotBuild,
  gone: readonly number[],
  { purgeAfterSeconds: seconds }: Tidying,
): boolean {
  if (seconds <= 0 && gone.length > 0) return true;
  const limit = build.now.getTime() - seconds * 1_000;
  return build.hidden.some((one) => one.hiddenAt.getTime() <= limit);
}
