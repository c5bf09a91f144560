import { DomainError } from "@runweir/errors";
import { shardCount } from "@runweir/ingest-domain";
import { type Database, type Queryable, rethrowTranslated } from "@runweir/postgres";
import type { EntityKind, Publication, SnapshotBuild } from "@runweir/snapshot-domain";
import { lockWorkspace } from "./builder-lock.ts";
import { entityOwners, listNumbers, readRows } from "./copied-rows.ts";
import { findPoints, readChunks, readKeys, readSegments } from "./point-places.ts";
import { publish } from "./publish.ts";
import { keepRecording } from "./recorder.ts";

export async function buildInTransaction<T>(
  database: Database,
  workspace: string,
  work: (build: SnapshotBuild) => Promise<T>,
): Promise<T | undefined> {
  await keepRecording(database, workspace).catch(rethrowOurs);
  return inTransaction(database, async (client) => {
    if (!(await lockWorkspace(client, workspace))) return undefined;
    const state = await readState(client, workspace);
    if (!state.recorded) throw new DomainError("conflict", "Recording of changes ended meanwhile.");
    return work(await openBuild(client, workspace, state));
  });
}

export async function lookInTransaction<T>(
  database: Database,
  workspace: string,
  work: (build: SnapshotBuild) => Promise<T>,
): Promise<T> {
  return inTransaction(database, async (client) => {
    await client.query("SET TRANSACTION READ ONLY");
    return work(await openBuild(client, workspace, await readState(client, workspace)));
  });
}

/** The database's failures in the product's words, and those alone: the work fails in its own ways too. */
async function inTransaction<T>(database: Database, work: (client: Queryable) => Promise<T>): Promise<T> {
  let ofWork: { readonly error: unknown } | undefined;
  try {
    return await database.transaction(
      (client) =>
        work(inOurWords(client)).catch((error: unknown) => {
          ofWork = { error };
          throw error;
        }),
      "repeatable read",
    );
  } catch (error) {
    if (ofWork && ofWork.error === error) throw error;
    return rethrowOurs(error);
  }
}

function inOurWords(client: Queryable): Queryable {
  const query = (...given: Parameters<Queryable["query"]>): Promise<unknown> =>
    (client.query(...given) as unknown as Promise<unknown>).catch(rethrowOurs);
  return { query: query as unknown as Queryable["query"] };
}

function rethrowOurs(error: unknown): never {
  if (isSerializationFailure(error)) throw overtaken(error);
  return rethrowTranslated(error);
}

function isSerializationFailure(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "40001";
}

function overtaken(cause?: unknown): DomainError {
  return new DomainError("conflict", "Another snapshot was published meanwhile.", { cause });
}

async function openBuild(client: Queryable, workspace: string, state: State): Promise<SnapshotBuild> {
  const position = await readPosition(client);
  const changes = state.complete ? await readChanges(client, workspace) : undefined;
  const { current } = state;
  return {
    current: current && {
      seq: current.seq,
      manifestPath: current.manifest_path,
      manifestSha256: current.manifest_sha256,
    },
    position,
    now: state.now,
    changes,
    hidden: await readHidden(client, workspace),
    listNumbers: (kind) => listNumbers(client, workspace, kind),
    readRows: (table, numbers) => readRows(client, workspace, table, numbers),
    sortRuns: (runNos) => sortRuns(client, workspace, runNos),
    findPoints: (wholeRuns) =>
      findPoints(
        client,
        workspace,
        wholeRuns === "all"
          ? "all"
          : { after: current?.position ?? new Array(shardCount).fill(0), wholeRuns },
      ),
    readChunks: (places) => readChunks(client, places),
    readSegments: (places) => readSegments(client, places),
    readKeys: (keyIds) => readKeys(client, keyIds),
    async publish(publication: Publication) {
      if (!(await publish(client, workspace, { ...publication, position }))) throw overtaken();
      await forgetChanges(client, workspace);
    },
    async confirm() {
      await client.query(
        "UPDATE snapshot.snapshot SET position = $3, as_of = now() WHERE workspace = $1 AND seq = $2",
        [workspace, current?.seq, JSON.stringify(position)],
      );
      await forgetChanges(client, workspace);
    },
  };
}

interface State {
  /** Whether anybody has changes recorded. */
  readonly recorded: boolean;
  /** Whether all since the current snapshot were. */
  readonly complete: boolean;
  readonly now: Date;
  readonly current:
    | {
        readonly seq: number;
        readonly manifest_path: string;
        readonly manifest_sha256: string;
        readonly position: readonly number[];
      }
    | undefined;
}

async function readState(client: Queryable, workspace: string): Promise<State> {
  const { rows } = await client.query<{ recorded: boolean; complete: boolean; now: Date }>(
    `SELECT k.workspace IS NOT NULL AS recorded, coalesce(k.complete AND k.until > now(), false) AS complete, now() AS now
     FROM (SELECT) one LEFT JOIN snapshot.recorder k ON k.workspace = $1`,
    [workspace],
  );
  const { rows: snapshots } = await client.query<NonNullable<State["current"]>>(
    `SELECT s.seq, s.manifest_path, s.manifest_sha256, s.position
     FROM snapshot.current c JOIN snapshot.snapshot s USING (workspace, seq) WHERE c.workspace = $1`,
    [workspace],
  );
  const [recorder] = rows as [(typeof rows)[0]];
  return { ...recorder, current: snapshots[0] };
}

/** Segments become visible in the order of their numbers, so all up to these are seen. */
async function readPosition(client: Queryable): Promise<readonly number[]> {
  const { rows } = await client.query<{ last_seq: number }>(
    "SELECT last_seq FROM tracking.metric_shard ORDER BY shard",
  );
  return rows.map((row) => row.last_seq);
}

async function readChanges(
  client: Queryable,
  workspace: string,
): Promise<ReadonlyMap<EntityKind, readonly number[]>> {
  const ofParts = entityOwners.map(
    ({ kind, table, number }) => `UNION ALL
      SELECT c.kind, c.number FROM snapshot.change c JOIN ${table} o ON o.${number} = c.number
      WHERE c.workspace IS NULL AND c.kind = '${kind}' AND o.workspace = $1`,
  );
  const { rows } = await client.query<{ kind: EntityKind; numbers: string[] }>(
    `SELECT kind, array_agg(DISTINCT number)::text[] AS numbers FROM (
       SELECT kind, number FROM snapshot.change WHERE workspace = $1 ${ofParts.join(" ")}
     ) c GROUP BY kind`,
    [workspace],
  );
  return new Map(rows.map(({ kind, numbers }) => [kind, numbers.map(Number)]));
}

async function readHidden(client: Queryable, workspace: string) {
  const { rows } = await client.query<{ run_no: number; hidden_at: Date }>(
    `SELECT run_no, hidden_at FROM snapshot.hidden_run WHERE workspace = $1 AND purged_seq IS NULL ORDER BY run_no`,
    [workspace],
  );
  return rows.map((row) => ({ runNo: row.run_no, hiddenAt: row.hidden_at }));
}

async function sortRuns(client: Queryable, workspace: string, runNos: readonly number[]) {
  const { rows } = await client.query<{ run_no: number; active: boolean; hidden: boolean }>(
    `SELECT n.run_no, r.run_no IS NOT NULL AS active, h.run_no IS NOT NULL AS hidden
     FROM unnest($2::bigint[]) AS n (run_no)
     LEFT JOIN tracking.run r ON r.run_no = n.run_no AND r.workspace = $1 AND r.lifecycle_stage = 'active'
     LEFT JOIN snapshot.hidden_run h ON h.run_no = n.run_no AND h.workspace = $1`,
    [workspace, runNos],
  );
  return {
    gone: rows.filter((row) => !row.active).map((row) => row.run_no),
    restored: rows.filter((row) => row.active && row.hidden).map((row) => row.run_no),
  };
}

/** Deletes what this transaction sees, and so has used; what came meanwhile stays for the next. */
async function forgetChanges(client: Queryable, workspace: string): Promise<void> {
  const ofOthers = entityOwners.map(
    ({ kind, table, number }) => `NOT EXISTS (
      SELECT FROM ${table} o WHERE c.kind = '${kind}' AND o.${number} = c.number AND o.workspace <> $1
    )`,
  );
  await client.query(
    `DELETE FROM snapshot.change c
     WHERE c.workspace = $1 OR (c.workspace IS NULL AND ${ofOthers.join(" AND ")})`,
    [workspace],
  );
  await client.query(
    `DELETE FROM snapshot.new_chunk n WHERE NOT EXISTS (
       SELECT FROM tracking.run r WHERE r.run_no = n.run_no AND r.workspace <> $1
     )`,
    [workspace],
  );
  await client.query("UPDATE snapshot.recorder SET complete = true WHERE workspace = $1 AND NOT complete", [
    workspace,
  ]);
}
