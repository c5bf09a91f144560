import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { prepareDatabase } from "@runweir/api-app/prepare-database";
import { createTestDatabase } from "@runweir/postgres/testing";
import { insertRun } from "@runweir/tracking-postgres/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readWarehouseSettings } from "./config.ts";
import { createWarehouse } from "./create-warehouse.ts";

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let folder: string;
beforeAll(async () => {
  database = await createTestDatabase([]);
  await prepareDatabase(database.url);
  folder = await mkdtemp(join(tmpdir(), "runweir-warehouse-"));
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

test("the service makes snapshots, says so, and is not ready when it cannot", async () => {
  await insertRun(database, "first");
  const { settings, databaseUrl } = readWarehouseSettings({
    RUNWEIR_DATABASE_URL: database.url,
    RUNWEIR_WAREHOUSE_PORT: "0",
    RUNWEIR_SNAPSHOT_FOLDER: folder,
    RUNWEIR_SNAPSHOT_SECONDS: "3600",
    RUNWEIR_LOG_LEVEL: "silent",
  });
  const warehouse = createWarehouse({ settings, databaseUrl });
  try {
    const address = await warehouse.listen();
    await warehouse.runNow();
    expect((await fetch(`${address}/health/ready`)).status).toBe(200);
    const [current] = await database.query<{ seq: number }>("SELECT seq FROM snapshot.current");
    expect(current?.seq).toBe(1);
    expect(await readdir(join(folder, "default"))).toEqual(["data", "manifests"]);
    expect(await (await fetch(`${address}/metrics`)).text()).toMatch(/runweir_snapshot_seq\{.*\} 1\n/);

    await database.query("ALTER TABLE snapshot.change RENAME TO changed");
    await warehouse.runNow();
    const answer = await fetch(`${address}/health/ready`);
    expect(answer.status).toBe(503);
    expect(await answer.text()).toContain("does not exist");
    await database.query("ALTER TABLE snapshot.changed RENAME TO change");
    await insertRun(database, "second");
    await warehouse.runNow();
    expect((await fetch(`${address}/health/ready`)).status).toBe(200);
    expect((await database.query("SELECT seq FROM snapshot.current WHERE seq = 2")).length).toBe(1);
  } finally {
    await warehouse.close();
  }
});
