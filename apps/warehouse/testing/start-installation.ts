import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createApi, prepareDatabase, readApiSettings } from "@runweir/api-app";
import { createTestDatabase } from "@runweir/postgres/testing";
import { readWarehouseSettings } from "../src/config.ts";
import { createWarehouse } from "../src/create-warehouse.ts";

/** An API and its warehouse over a database of their own; snapshots are made when they are asked for. */
export async function startInstallation() {
  const database = await createTestDatabase([]);
  await prepareDatabase(database.url);
  const home = await mkdtemp(join(tmpdir(), "runweir-warehouse-"));
  const secretKey = randomBytes(32).toString("base64");
  const { settings, databaseUrl } = readWarehouseSettings({
    RUNWEIR_DATABASE_URL: database.url,
    RUNWEIR_WAREHOUSE_PORT: "0",
    RUNWEIR_SNAPSHOT_FOLDER: join(home, "snapshots"),
    RUNWEIR_SNAPSHOT_SECONDS: "3600",
    RUNWEIR_SECRET_KEY: secretKey,
    RUNWEIR_LOG_LEVEL: "silent",
  });
  const warehouse = await createWarehouse({ settings, databaseUrl });
  const api = await createApi({
    settings: readApiSettings({
      RUNWEIR_PORT: "0",
      RUNWEIR_HOME: home,
      RUNWEIR_SECRET_KEY: secretKey,
      RUNWEIR_LOG_LEVEL: "silent",
      RUNWEIR_WAREHOUSE_URL: await warehouse.listen(),
    }),
    databaseUrl,
    zoneUrls: {},
  });
  const url = await api.listen();
  return {
    database,
    home,
    url,
    /** Posts JSON; anything but 200 fails with the answer's words. */
    async send<T = unknown>(path: string, body?: object): Promise<T> {
      const answer = await fetch(url + path, {
        method: "POST",
        ...(body ? { headers: { "content-type": "application/json" }, body: JSON.stringify(body) } : {}),
      });
      if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
      return (await answer.json()) as T;
    },
    async stop(): Promise<void> {
      await api.close();
      await warehouse.close();
      await database.drop();
      await rm(home, { recursive: true });
    },
  };
}
