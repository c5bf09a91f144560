import { systemCaller } from "@runweir/identity-domain";
import { createTestDatabase } from "@runweir/postgres/testing";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startSecuredApi } from "../testing/start-secured-api.ts";
import { migrationFolders } from "./prepare-database.ts";

const system = systemCaller("test");

// One for each test: who is the last depends on everybody there is.
let database: Awaited<ReturnType<typeof createTestDatabase>>;
beforeEach(async () => {
  database = await createTestDatabase(migrationFolders);
});
afterEach(() => database.drop());

test("the last administrator of the server stays, also when two send each other away", async () => {
  const { api, makeUser } = await startSecuredApi(database);
  const { users } = api.signIn;
  const [ann, bob] = [
    await makeUser("ann", { administrator: true }),
    await makeUser("bob", { administrator: true }),
  ];
  const last = { code: "failed_precondition", reason: "last_administrator" };
  const results = await Promise.allSettled([
    users.update(system, ann.id, { isDisabled: true }),
    users.delete(system, bob.id),
  ]);
  expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  expect(results.find(({ status }) => status === "rejected")).toMatchObject({ reason: last });
  const left = (await users.list({ limit: 10 })).items.filter(
    (one) => one.isAdministrator && !one.isDisabled,
  );
  const [{ id } = { id: "" }] = left;
  expect(left).toHaveLength(1);
  await expect(users.update(system, id, { isAdministrator: false })).rejects.toMatchObject(last);
  await expect(users.update(system, id, { isDisabled: true })).rejects.toMatchObject(last);
  await expect(users.delete(system, id)).rejects.toMatchObject(last);
});

test("the last admin of a workspace who can sign in is neither disabled nor deleted", async () => {
  const { api, makeUser } = await startSecuredApi(database);
  const { users } = api.signIn;
  await makeUser("root", { administrator: true });
  await database.query("INSERT INTO identity.workspace (name, creation_time) VALUES ('vision', 0)");
  const carl = await makeUser("carl", { role: "admin", workspace: "vision" });
  const last = { code: "failed_precondition", reason: "last_admin" };
  await expect(users.update(system, carl.id, { isDisabled: true })).rejects.toMatchObject(last);
  await expect(users.delete(system, carl.id)).rejects.toMatchObject(last);
  expect(await users.byId(carl.id)).toMatchObject({ isDisabled: false });
  const dora = await makeUser("dora", { role: "admin", workspace: "vision" });
  const results = await Promise.allSettled([
    users.update(system, carl.id, { isDisabled: true }),
    users.delete(system, dora.id),
  ]);
  expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
});
