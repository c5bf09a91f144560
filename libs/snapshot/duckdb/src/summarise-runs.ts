import { groupByBucket, pointTables, type SnapshotFile } from "@runweir/snapshot-domain";
import type { BuildContext } from "./build-context.ts";
import { numberList, printFiles } from "./print-columns.ts";
import { rewriteBucket } from "./rewrite-buckets.ts";
import {
  printMergedSummary,
  printPointPieces,
  printRollup,
  printRollupPieces,
  printSummaryPieces,
  rollupAbove,
} from "./summary-pieces.ts";

/** Whose summaries are to be made, and from what. */
export interface SummaryRequest {
  /** Runs that have points in the new files: what is known of them is brought up to date. */
  readonly grown: Iterable<number>;
  /** Runs whose summaries are made from all of their points. */
  readonly whole: Iterable<number>;
  /** Runs that lose theirs, though their points may still be in files. */
  readonly gone: readonly number[];
  /** The new files of points, which are among `files` too. */
  readonly added: readonly SnapshotFile[];
}

/** Replaces the summaries and rollups of runs whose points have changed. */
export async function summariseRuns(
  context: BuildContext,
  files: readonly SnapshotFile[],
  request: SummaryRequest,
): Promise<readonly SnapshotFile[]> {
  const gone = new Set(request.gone);
  const whole = new Set([...request.whole].filter((runNo) => !gone.has(runNo)));
  const grown = [...request.grown].filter((runNo) => !gone.has(runNo) && !whole.has(runNo));
  const ofPoints = files.filter((file) => file.table === pointTables.points.name);
  let left = files;
  for (const [bucket, numbers] of groupByBucket(gone)) {
    for (const table of [pointTables.summary, pointTables.rollup])
      left = await rewriteBucket(context, table, left, {
        bucket,
        numbers,
        fresh: printFiles(table, [], String),
      });
  }
  for (const [bucket, numbers] of groupByBucket(whole))
    left = await summariseBucket(context, left, {
      bucket,
      numbers,
      known: false,
      fresh: ofPoints,
      all: ofPoints,
    });
  for (const [bucket, numbers] of groupByBucket(grown))
    left = await summariseBucket(context, left, {
      bucket,
      numbers,
      known: true,
      fresh: request.added,
      all: ofPoints,
    });
  return left;
}

interface BucketRequest {
  readonly bucket: number;
  readonly numbers: readonly number[];
  /** Whether what the files say of these runs is kept, and `fresh` only added. */
  readonly known: boolean;
  readonly fresh: readonly SnapshotFile[];
  readonly all: readonly SnapshotFile[];
}

async function summariseBucket(
  context: BuildContext,
  files: readonly SnapshotFile[],
  request: BucketRequest,
): Promise<readonly SnapshotFile[]> {
  const { duckdb } = context;
  const { bucket, numbers } = request;
  context.onStep(`metric_summary ${bucket}`);
  const before = (table: typeof pointTables.summary): string => {
    const kept = files.filter((file) => file.table === table.name && file.bucket === bucket);
    return `SELECT * FROM ${printFiles(table, request.known ? kept : [], context.folder.locate)}
      WHERE run_no IN ${numberList(numbers)}`;
  };
  await context.hold([
    ...files.filter((file) => file.bucket === bucket && isSummary(file)),
    ...mayHold(request.fresh, numbers),
  ]);
  const points = (from: readonly SnapshotFile[]): string =>
    `SELECT * FROM ${printFiles(pointTables.points, mayHold(from, numbers), context.folder.locate)}
     WHERE run_no IN ${numberList(numbers)}`;
  await duckdb.run(
    `CREATE OR REPLACE TABLE summary_before AS ${before(pointTables.summary)};
     CREATE OR REPLACE TABLE summary_after AS ${printMergedSummary(
       `${printSummaryPieces("FROM summary_before")} UNION ALL BY NAME ${printPointPieces(points(request.fresh))}`,
     )}`,
  );
  let left = await rewriteBucket(context, pointTables.summary, files, {
    bucket,
    numbers,
    fresh: "FROM summary_after",
  });
  // A series that has become long is read whole, once; of one that was long before, only what is new.
  const [long] = await duckdb.query<{ series: bigint; risen: bigint }>(
    `SELECT count(*) AS series, count(*) FILTER (coalesce(b.n, 0) <= ${rollupAbove}) AS risen
     FROM summary_after a LEFT JOIN summary_before b USING (run_no, key) WHERE a.n > ${rollupAbove}`,
  );
  if (Number(long?.series) > 0 || !request.known) {
    if (Number(long?.risen) > 0) await context.hold(mayHold(request.all, numbers));
    const wasLong = `SELECT run_no, key FROM summary_before WHERE n > ${rollupAbove}`;
    const isLong = `SELECT run_no, key FROM summary_after WHERE n > ${rollupAbove}`;
    const grown = `FROM (${points(request.fresh)}) SEMI JOIN (${wasLong}) USING (run_no, key)`;
    const risen = `FROM (${points(Number(long?.risen) > 0 ? request.all : [])})
      SEMI JOIN (${isLong}) USING (run_no, key) ANTI JOIN (${wasLong}) USING (run_no, key)`;
    left = await rewriteBucket(context, pointTables.rollup, left, {
      bucket,
      numbers,
      fresh: printRollup(
        `SELECT * FROM (${printRollupPieces(before(pointTables.rollup))})
         UNION ALL BY NAME ${printPointPieces(grown, true)} UNION ALL BY NAME ${printPointPieces(risen, true)}`,
        "summary_after",
      ),
    });
  }
  await duckdb.run("DROP TABLE summary_before; DROP TABLE summary_after");
  return left;
}

function mayHold(files: readonly SnapshotFile[], numbers: readonly number[]): readonly SnapshotFile[] {
  const least = numbers.reduce((a, b) => Math.min(a, b));
  const most = numbers.reduce((a, b) => Math.max(a, b));
  return files.filter((file) => file.numbers[0] <= most && file.numbers[1] >= least);
}

function isSummary({ table }: SnapshotFile): boolean {
  return table === pointTables.summary.name || table === pointTables.rollup.name;
}
