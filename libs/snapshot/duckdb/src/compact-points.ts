import { chooseCompaction, pointTables, type SnapshotFile } from "@runweir/snapshot-domain";
import type { BuildContext } from "./build-context.ts";
import { numberList, printFiles } from "./print-columns.ts";
import { writeFile } from "./write-file.ts";

/** Merges small files of points into larger ones. What is rewritten loses the points of hidden runs. */
export async function compactPoints(
  context: BuildContext,
  files: readonly SnapshotFile[],
  hidden: readonly number[],
  filesPerTier?: number,
): Promise<readonly SnapshotFile[]> {
  let left = files;
  for (;;) {
    const chosen = chooseCompaction(
      left.filter((file) => file.table === pointTables.points.name),
      filesPerTier,
    );
    if (!chosen) return left;
    context.onStep("compaction");
    left = await rewrite(context, left, chosen, hidden);
  }
}

/** Takes the points of hidden runs out of every file that has some. */
export async function purgePoints(
  context: BuildContext,
  files: readonly SnapshotFile[],
  hidden: readonly number[],
): Promise<readonly SnapshotFile[]> {
  let left = files;
  for (const file of files.filter((one) => one.table === pointTables.points.name)) {
    await context.hold([file]);
    const [found] = await context.duckdb.query(
      `SELECT 1 FROM ${printFiles(pointTables.points, [file], context.folder.locate)}
       WHERE run_no IN ${numberList(hidden)} LIMIT 1`,
    );
    if (!found) continue;
    context.onStep("purge");
    left = await rewrite(context, left, [file], hidden);
  }
  return left;
}

async function rewrite(
  context: BuildContext,
  files: readonly SnapshotFile[],
  chosen: readonly SnapshotFile[],
  hidden: readonly number[],
): Promise<readonly SnapshotFile[]> {
  await context.hold(chosen);
  const file = await writeFile(
    context,
    pointTables.points,
    `SELECT * FROM ${printFiles(pointTables.points, chosen, context.folder.locate)}
     ${hidden.length > 0 ? `WHERE run_no NOT IN ${numberList(hidden)}` : ""}`,
  );
  const kept = files.filter((one) => !chosen.includes(one));
  return file ? [...kept, file] : kept;
}
