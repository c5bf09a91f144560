import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EngineRequest, QuerySummary, ResultColumn, SnapshotFiles } from "@runweir/analytics-domain";
import { createQueryPool, type QueryPool, type QueryPoolOptions } from "@runweir/analytics-duckdb";
import { writeExampleSnapshot } from "../testing/example-snapshot.ts";

export interface Answer {
  readonly columns: readonly ResultColumn[];
  readonly volatile: boolean;
  readonly body: Buffer;
  readonly summary: QuerySummary;
}

export interface QueryBench {
  readonly pool: QueryPool;
  readonly folder: string;
  readonly files: SnapshotFiles;
  readonly notices: readonly string[];
  request(changes: Partial<EngineRequest> & { readonly sql: string }): EngineRequest;
  ask(changes: Partial<EngineRequest> & { readonly sql: string }): Promise<Answer>;
  rows(changes: Partial<EngineRequest> & { readonly sql: string }): Promise<readonly (readonly unknown[])[]>;
  close(): Promise<void>;
}

/** A pool over the example snapshot, in a folder of its own. */
export async function openQueryBench(options: Partial<QueryPoolOptions> = {}): Promise<QueryBench> {
  const folder = await mkdtemp(join(tmpdir(), "runweir-sql-"));
  const files = await writeExampleSnapshot(folder);
  const notices: string[] = [];
  const pool = await createQueryPool({
    workers: 2,
    threadsPerWorker: 1,
    memoryMegabytes: 128,
    spillMegabytes: 64,
    spillRoot: join(folder, "spill"),
    views: [],
    waitingMax: 50,
    graceMs: 300,
    onNotice: (notice) => notices.push(notice),
    ...options,
  });
  const bench: QueryBench = {
    pool,
    folder,
    files,
    notices,
    request: ({ experiments = "all", ...changes }) => ({
      owner: "somebody",
      workspace: "default",
      params: [],
      format: "json",
      files,
      experiments,
      viewKey: JSON.stringify(experiments),
      limits: { rows: 10_000, bytes: 4_000_000, seconds: 60 },
      ...changes,
    }),
    async ask(changes) {
      const run = pool.start(bench.request(changes));
      const { columns, volatile } = await run.header;
      const pieces: Uint8Array[] = [];
      for await (const piece of run.body) pieces.push(piece);
      return { columns, volatile, body: Buffer.concat(pieces), summary: await run.done };
    },
    async rows(changes) {
      const { body } = await bench.ask(changes);
      return (JSON.parse(body.toString("utf8")) as { rows: unknown[][] }).rows;
    },
    async close() {
      await pool.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return bench;
}
