import { createTestDatabase } from "@runweir/postgres/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startSecuredApi, type TestPerson } from "../testing/start-secured-api.ts";
import { post } from "../testing/start-test-api.ts";
import { migrationFolders } from "./prepare-database.ts";

let database: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  database = await createTestDatabase(migrationFolders);
});
afterAll(() => database.drop());

test("who makes an experiment or a model manages it, and passes on what they have", async () => {
  const { url, makeUser } = await startSecuredApi(database);
  const ann = await makeUser("ann", { role: "member" });
  const bob = await makeUser("bob", { role: "guest" });
  const ask = (who: TestPerson, path: string, body: unknown) => post(`${url}${path}`, body, who.basic);
  const api = "/api/2.0/mlflow";

  const made = await ask(ann, `${api}/experiments/create`, { name: "anns" });
  const { experiment_id: id } = (await made.json()) as { experiment_id: string };
  expect((await ask(ann, `${api}/runs/create`, { experiment_id: id })).status).toBe(200);
  expect((await ask(bob, `${api}/runs/create`, { experiment_id: id })).status).toBe(403);
  const grant = (level: string, experimentId: string) => ({
    effect: "allow",
    level,
    target: { on: "experiment", experimentId },
    holder: { kind: "user", id: bob.id },
  });
  const create = "/trpc/identity/directory.grants.create";
  expect((await ask(ann, create, grant("edit", "0"))).status).toBe(403);
  expect((await ask(ann, create, grant("edit", id))).status).toBe(200);
  await expect
    .poll(async () => (await ask(bob, `${api}/runs/create`, { experiment_id: id })).status)
    .toBe(200);
  expect((await ask(bob, create, grant("manage", id))).status).toBe(403);
  // What is not asked for is not taken either.
  expect((await ask(ann, create, { ...grant("read", id), isOwn: true })).status).toBe(400);

  expect((await ask(ann, `${api}/registered-models/create`, { name: "m" })).status).toBe(200);
  const removed = await fetch(`${url}${api}/registered-models/delete`, {
    method: "DELETE",
    headers: { ...ann.basic, "content-type": "application/json" },
    body: JSON.stringify({ name: "m" }),
  });
  expect(removed.status).toBe(200);
  expect(await database.query("SELECT 1 FROM identity.access_grant WHERE target_kind = 'model'")).toEqual([]);
});
