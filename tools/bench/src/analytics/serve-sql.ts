/** `serve-sql.ts <folder>`: the SQL door over files that are named in `<folder>/tables.json`, in a process of its own. */
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createQueryService, limitsOfRole, type SnapshotFiles } from "@runweir/analytics-domain";
import { createQueryPool } from "@runweir/analytics-duckdb";
import { sqlRoutes } from "@runweir/analytics-http";
import { createHttpServer } from "@runweir/http";
import { localOwner } from "@runweir/identity-domain";
import { createLogger, createMetrics } from "@runweir/telemetry";

const folder = process.argv[2] as string;
const tables = JSON.parse(await readFile(join(folder, "tables.json"), "utf8")) as SnapshotFiles["tables"];
// As the warehouse is started: apps/warehouse/src/config.ts.
const pool = await createQueryPool({
  workers: 3,
  threadsPerWorker: 2,
  memoryMegabytes: 1_024,
  spillMegabytes: 10_240,
  spillRoot: join(folder, "sql"),
  views: [],
  waitingMax: 200,
  graceMs: 2_000,
  onNotice: (notice) => console.error(notice),
});
const createdAt = new Date();
const server = createHttpServer({
  logger: createLogger({ name: "bench", level: "error" }),
  metrics: createMetrics("bench"),
  checkReadiness: async () => ({ ready: true, problems: [] }),
  // As many people as there are names.
  identify({ id, headers }) {
    const caller = localOwner(id);
    return { ...caller, principal: { ...caller.principal, id: String(headers["x-caller"] ?? "nobody") } };
  },
});
await server.register(
  sqlRoutes({
    schema: { version: 1, tables: [], views: [] },
    queries: createQueryService({
      engine: pool,
      snapshots: {
        open: async () => ({ snapshot: 1, createdAt, hidden: [], tables, release: () => undefined }),
      },
      policy: { viewOf: async () => ({ experiments: "all", limits: limitsOfRole.admin }) },
      cacheBytesMax: 134_217_728,
      newId: randomUUID,
      now: () => new Date(),
    }),
  }),
);
process.on("disconnect", () => process.exit());
process.on("SIGTERM", () => void pool.close().then(() => process.exit()));
process.send?.(await server.listen({ port: 0, host: "127.0.0.1" }));
