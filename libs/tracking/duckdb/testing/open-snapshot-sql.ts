import { join } from "node:path";
import { createQueryService, limitsOfRole } from "@runweir/analytics-domain";
import { createQueryPool } from "@runweir/analytics-duckdb";
import { compatibilityViews, type SnapshotReader } from "@runweir/snapshot-duckdb";
import type { SnapshotQuestion, SnapshotSql } from "@runweir/tracking-domain";
import { readArrowColumns } from "../src/read-arrow-columns.ts";

/** The warehouse's way to an answer without its door: the gate, the workers and their limits, and Arrow. */
export async function openSnapshotSql(options: {
  readonly home: string;
  readonly snapshots: Pick<SnapshotReader, "open">;
}) {
  const engine = await createQueryPool({
    workers: 1,
    threadsPerWorker: 2,
    memoryMegabytes: 512,
    spillMegabytes: 256,
    spillRoot: join(options.home, "sql"),
    views: compatibilityViews,
    waitingMax: 200,
    graceMs: 2_000,
    onNotice: () => undefined,
  });
  const asked: SnapshotQuestion[] = [];
  let count = 0;
  const service = createQueryService({
    engine,
    snapshots: options.snapshots,
    policy: { viewOf: async () => ({ experiments: "all", limits: limitsOfRole.admin }) },
    cacheBytesMax: 0,
    newId: () => {
      count += 1;
      return `query-${count}`;
    },
    now: () => new Date(),
  });
  const sql: SnapshotSql = {
    async ask(caller, question) {
      asked.push(question);
      // As over HTTP.
      const { snapshot, ...sent } = JSON.parse(JSON.stringify(question)) as SnapshotQuestion;
      const answer = await service.runQuery(caller, {
        ...sent,
        ...(snapshot === undefined ? { tail: true } : { snapshot }),
        format: "arrow",
      });
      const chunks: Uint8Array[] = [];
      for await (const chunk of answer.body) chunks.push(chunk);
      return {
        columns: readArrowColumns(Buffer.concat(chunks)),
        source: { from: "snapshot", number: answer.snapshot.number, createdAt: answer.snapshot.createdAt },
      };
    },
  };
  return { sql, asked, close: () => engine.close() };
}
