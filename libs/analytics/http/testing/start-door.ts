import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createQueryService, limitsOfRole } from "@runweir/analytics-domain";
import { createQueryPool } from "@runweir/analytics-duckdb";
import { writeExampleSnapshot } from "@runweir/analytics-duckdb/testing";
import { startTestServer } from "@runweir/http/testing";
import { sqlRoutes } from "../src/sql-routes.ts";

/** The SQL door over the example snapshot (number 7, of one minute ago), with workers of its own. */
export async function startDoor(): Promise<{
  readonly url: string;
  post(path: string, body: unknown, init?: RequestInit): Promise<Response>;
  [Symbol.asyncDispose](): Promise<void>;
}> {
  const folder = await mkdtemp(join(tmpdir(), "runweir-sql-door-"));
  const files = await writeExampleSnapshot(folder);
  const pool = await createQueryPool({
    workers: 2,
    threadsPerWorker: 1,
    memoryMegabytes: 128,
    spillMegabytes: 64,
    spillRoot: join(folder, "spill"),
    views: [],
    waitingMax: 20,
    graceMs: 300,
    onNotice: () => undefined,
  });
  let count = 0;
  const createdAt = new Date("2026-01-01T00:00:00Z");
  const queries = createQueryService({
    engine: pool,
    cacheBytesMax: 1_000_000,
    newId: () => {
      count += 1;
      return `query-${count}`;
    },
    now: () => new Date("2026-01-01T00:01:00Z"),
    policy: { viewOf: async () => ({ experiments: "all", limits: limitsOfRole.editor }) },
    snapshots: {
      open: async (_workspace, { tail }) => ({
        ...files,
        createdAt,
        tailUntil: tail ? new Date("2026-01-01T00:00:59Z") : undefined,
        release: () => undefined,
      }),
    },
  });
  const runs = {
    name: "runs",
    meaning: "One row per run.",
    columns: [{ name: "run_no", type: "INTEGER", nullable: false, meaning: "Number of the run." }],
  };
  const schema = { version: 1, tables: [runs], views: [{ ...runs, name: "runs_latest" }] };
  const server = await startTestServer({
    routes: (door) => door.register(sqlRoutes({ queries, schema })),
  });
  return {
    url: server.url,
    post: (path, body, init = {}) =>
      fetch(server.url + path, {
        method: "POST",
        body: JSON.stringify(body),
        ...init,
        headers: { "content-type": "application/json", ...init.headers },
      }),
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await pool.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
