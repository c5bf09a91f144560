import type { RightsReader } from "@runweir/identity-domain";
import { createTestDatabase } from "@runweir/postgres/testing";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { identityMigrations } from "../migrations-folder.ts";
import { createRightsReader } from "./rights-reader.ts";

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let reader: RightsReader;
const ann = { kind: "user", id: "u-ann" } as const;
beforeAll(async () => {
  database = await createTestDatabase([identityMigrations]);
  reader = createRightsReader({ database });
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.query(
    "TRUNCATE identity.workspace_member, identity.access_grant, identity.group_member, identity.user_group",
  );
  await database.query("UPDATE identity.workspace SET default_role = NULL, protected_aliases = '{}'");
});

const join = (kind: string, id: string, role: string) =>
  database.query("INSERT INTO identity.workspace_member VALUES ('default', $1, $2, $3, 0)", [kind, id, role]);
const grant = (id: string, holderKind: string, holderId: string) =>
  database.query(
    `INSERT INTO identity.access_grant (grant_id, workspace, effect, level, target_kind, pattern, holder_kind, holder_id,
       created_by, creation_time) VALUES ($1, 'default', 'deny', 'edit', 'model', 'fraud*', $2, $3, 'x', 0)`,
    [id, holderKind, holderId],
  );

test("nobody's rights are none, and a workspace that is not there has none", async () => {
  expect(await reader.read(ann, "default")).toEqual({ role: undefined, grants: [], protectedAliases: [] });
  expect(await reader.read(ann, "elsewhere")).toBeUndefined();
});

test("the highest of the own role, the groups' and everybody's", async () => {
  await database.query(
    "UPDATE identity.workspace SET default_role = 'viewer', protected_aliases = '{*@champion}'",
  );
  expect(await reader.read(ann, "default")).toMatchObject({
    role: "viewer",
    protectedAliases: ["*@champion"],
  });
  await join("user", ann.id, "guest");
  expect((await reader.read(ann, "default"))?.role).toBe("viewer");
  await database.query("INSERT INTO identity.user_group VALUES ('g1', 'ops', '', 0)");
  await database.query("INSERT INTO identity.group_member VALUES ('g1', 'user', $1)", [ann.id]);
  await join("group", "g1", "editor");
  expect((await reader.read(ann, "default"))?.role).toBe("editor");
  expect((await reader.read({ kind: "service-account", id: ann.id }, "default"))?.role).toBe("viewer");
});

test("grants of the caller, of their groups and of everybody, and nobody else's", async () => {
  await database.query("INSERT INTO identity.user_group VALUES ('g1', 'ops', '', 0), ('g2', 'dev', '', 0)");
  await database.query("INSERT INTO identity.group_member VALUES ('g1', 'user', $1)", [ann.id]);
  await grant("1", "user", ann.id);
  await grant("2", "group", "g1");
  await grant("3", "group", "g2");
  await grant("4", "service-account", ann.id);
  await grant("5", "everyone", "");
  const holders = async () => (await reader.read(ann, "default"))?.grants.map(({ holder }) => holder);
  const own = [
    { kind: "user", id: ann.id, name: ann.id },
    { kind: "group", id: "g1", name: "ops" },
  ];
  // Who does not belong to a workspace is not one of its everybody.
  expect(await holders()).toEqual(own);
  await join("user", ann.id, "guest");
  expect(await holders()).toEqual([...own, { kind: "everyone" }]);
  expect((await reader.read(ann, "default"))?.grants[0]).toMatchObject({
    effect: "deny",
    level: "edit",
    target: { on: "model", pattern: "fraud*" },
  });
});

test("every change of what is kept in memory is counted", async () => {
  let before = await reader.revision();
  for (const change of [
    () => join("user", ann.id, "viewer"),
    () => database.query("UPDATE identity.workspace_member SET role = 'admin'"),
    () => grant("1", "everyone", ""),
    () => database.query("DELETE FROM identity.access_grant"),
    () => database.query("INSERT INTO identity.user_group VALUES ('g1', 'ops', '', 0)"),
    () => database.query("INSERT INTO identity.group_member VALUES ('g1', 'user', 'x')"),
    () => database.query("INSERT INTO identity.service_account VALUES ('s', 's', '', false, 'x', 0)"),
    () => database.query("UPDATE identity.workspace SET description = 'x'"),
  ]) {
    await change();
    const after = await reader.revision();
    expect(after).toBeGreaterThan(before);
    before = after;
  }
});
