import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { findFreePort } from "@runweir/ports";
import { startTestPostgres } from "@runweir/postgres/testing";
import { ensureEnvironment } from "@runweir/python";
import { type ChildServer, startChildServer } from "@runweir/server";
import pg from "pg";

export interface MlflowInstallation {
  readonly databaseUrl: string;
  start(workers: number): Promise<ChildServer>;
  stopDatabase(): Promise<void>;
}

/** The real MLflow from PyPI on a Postgres of its own. */
export async function prepareMlflow(folder: string): Promise<MlflowInstallation> {
  const executable = join(dirname(await ensureEnvironment("mlflow-3")), "mlflow");
  const postgres = await startTestPostgres();
  const admin = new pg.Client({ connectionString: postgres.url });
  await admin.connect();
  // The same durability that Runweir's own database has.
  await admin.query("ALTER SYSTEM SET fsync = on");
  await admin.query("SELECT pg_reload_conf()");
  await admin.query("CREATE DATABASE mlflow");
  await admin.end();
  const databaseUrl = postgres.url.replace(/\/[^/]*$/, "/mlflow");
  const artifacts = join(folder, "mlflow-artifacts");
  await mkdir(artifacts, { recursive: true });
  return {
    databaseUrl,
    async start(workers) {
      const port = await findFreePort();
      return startChildServer({
        name: `MLflow, ${workers} worker${workers === 1 ? "" : "s"}`,
        command: executable,
        args: [
          "server",
          "--backend-store-uri",
          databaseUrl.replace("postgres://", "postgresql+psycopg2://"),
          "--artifacts-destination",
          artifacts,
          "--host",
          "127.0.0.1",
          "--port",
          String(port),
          "--workers",
          String(workers),
        ],
        url: `http://127.0.0.1:${port}`,
        readyPath: "/health",
        logFile: join(folder, `mlflow-${workers}.log`),
        limitMs: 180_000,
      });
    },
    stopDatabase: () => postgres.stop(),
  };
}
