import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startDirectory } from "../../testing/start-directory.ts";

let world: Awaited<ReturnType<typeof startDirectory>>;
beforeAll(async () => {
  world = await startDirectory();
});
afterAll(() => world.database.drop());
beforeEach(async () => {
  await world.clear();
  await world.addUser("root", { administrator: true });
});

const audited = async () =>
  (
    await world.database.query<{ action: string }>(
      "SELECT action FROM identity.audit_entry ORDER BY sequence DESC LIMIT 1",
    )
  )[0]?.action;

test("an administrator makes an admin, who makes members; each change is in the audit log", async () => {
  const { members } = world.directory;
  const ann = await world.addUser("ann");
  const bob = await world.addUser("bob");
  await members.set(await world.as("root"), { ...ann, role: "admin" });
  expect(await audited()).toBe("member.add");
  expect(await members.set(await world.as("ann"), { ...bob, role: "viewer" })).toMatchObject({
    name: "bob",
    displayName: "The bob",
    role: "viewer",
  });
  await members.set(await world.as("ann"), { ...bob, role: "editor" });
  expect(await audited()).toBe("member.update");
  expect((await members.list(await world.as("bob"), { limit: 10 })).items.map(({ name }) => name)).toEqual([
    "ann",
    "bob",
  ]);
  await members.remove(await world.as("ann"), bob);
  expect(await audited()).toBe("member.remove");
  await expect(members.remove(await world.as("ann"), bob)).rejects.toMatchObject({ code: "not_found" });
});

test.each(["guest", "viewer", "member", "editor"] as const)("a %s changes no members", async (role) => {
  const { members } = world.directory;
  const bob = await world.addUser("bob");
  await members.set(await world.as("root"), { ...bob, role });
  await expect(members.set(await world.as("bob"), { ...bob, role: "admin" })).rejects.toMatchObject({
    code: "permission_denied",
  });
  await expect(members.remove(await world.as("bob"), bob)).rejects.toMatchObject({
    code: "permission_denied",
  });
});

test("the last admin who can sign in stays, whatever would take them away", async () => {
  const { members, groups } = world.directory;
  const root = await world.as("root");
  const ann = await world.addUser("ann");
  const bob = await world.addUser("bob");
  const gone = await world.addUser("gone", { disabled: true });
  const last = { code: "failed_precondition", reason: "last_admin" };
  await members.set(root, { ...ann, role: "admin" });
  await members.set(root, { ...gone, role: "admin" });
  await expect(members.remove(await world.as("ann"), ann)).rejects.toMatchObject(last);
  await expect(members.set(root, { ...ann, role: "editor" })).rejects.toMatchObject(last);

  const { groupId } = await groups.create(root, { name: "ops" });
  await members.set(root, { kind: "group", id: groupId, role: "admin" });
  // A group of nobody is no admin.
  await expect(members.remove(root, ann)).rejects.toMatchObject(last);
  await groups.addMember(root, groupId, bob);
  await members.remove(root, ann);
  await expect(groups.removeMember(root, groupId, bob)).rejects.toMatchObject(last);
  await expect(groups.delete(root, groupId)).rejects.toMatchObject(last);
  expect((await groups.list(root, { limit: 10 })).items).toMatchObject([{ name: "ops", memberCount: 1 }]);
});

test("who is where is told of oneself and one's groups to everybody, and of others to who may know", async () => {
  const { members, groups, grants, workspaces } = world.directory;
  const root = await world.as("root");
  const ann = await world.addUser("ann");
  const bob = await world.addUser("bob");
  await workspaces.create(root, { name: "team-b" });
  const { groupId } = await groups.create(root, { name: "ops" });
  const ops = { kind: "group", id: groupId } as const;
  await groups.addMember(root, groupId, ann);
  await members.set(root, { ...ops, role: "guest" });
  await members.set(await world.as("root", "team-b"), { ...ops, role: "editor" });
  await members.set(root, { ...bob, role: "viewer" });
  await grants.create(root, {
    effect: "allow",
    level: "read",
    holder: ops,
    target: { on: "model", pattern: "fraud" },
  });

  const asAnn = await world.as("ann");
  expect((await groups.listOf(asAnn, ann)).map(({ name }) => name)).toEqual(["ops"]);
  expect(await members.find(asAnn, ops)).toMatchObject({ name: "ops", role: "guest" });
  const places = [
    { workspace: "default", role: "guest" },
    { workspace: "team-b", role: "editor" },
  ];
  expect(await members.listOf(asAnn, ops)).toEqual(places);
  expect((await grants.list(asAnn, { holder: ops, limit: 10 })).items).toHaveLength(1);
  const denied = { code: "permission_denied" };
  await expect(members.find(asAnn, bob)).rejects.toMatchObject(denied);
  await expect(groups.listOf(asAnn, bob)).rejects.toMatchObject(denied);
  expect(await members.getHolder(asAnn, ann)).toMatchObject({ name: "ann", displayName: "The ann" });
  await expect(members.getHolder(asAnn, bob)).rejects.toMatchObject(denied);
  expect(await members.getHolder(await world.as("bob"), ann)).toMatchObject({ name: "ann" });
  await expect(members.getHolder(root, { kind: "user", id: "u-none" })).rejects.toMatchObject({
    code: "not_found",
  });

  const asBob = await world.as("bob");
  expect(await members.find(asBob, ops)).toMatchObject({ role: "guest" });
  await expect(members.listOf(asBob, ops)).rejects.toMatchObject(denied);
  await expect(grants.list(asBob, { holder: ops, limit: 10 })).rejects.toMatchObject(denied);
  expect(await members.listOf(root, ops)).toEqual(places);
  expect((await members.list(asBob, { kind: "group", limit: 10 })).items.map(({ id }) => id)).toEqual([
    groupId,
  ]);
  expect((await grants.list(root, { holderKind: "user", limit: 10 })).items).toEqual([]);

  await workspaces.delete(root, "team-b");
  expect(await members.listOf(root, ops)).toEqual(places.slice(0, 1));
});

test("of two admins who remove each other one stays", async () => {
  const { members } = world.directory;
  const root = await world.as("root");
  const ann = await world.addUser("ann");
  const bob = await world.addUser("bob");
  await members.set(root, { ...ann, role: "admin" });
  await members.set(root, { ...bob, role: "admin" });
  const [annCaller, bobCaller] = [await world.as("ann"), await world.as("bob")];
  const done = await Promise.allSettled([members.remove(annCaller, bob), members.remove(bobCaller, ann)]);
  expect(done.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
});

test("groups, service accounts and workspaces are an administrator's", async () => {
  const { groups, serviceAccounts, workspaces, members } = world.directory;
  const ann = await world.addUser("ann");
  const root = await world.as("root");
  await members.set(root, { ...ann, role: "admin" });
  const admin = await world.as("ann");
  const { groupId } = await groups.create(root, { name: "ops" });
  const { accountId } = await serviceAccounts.create(root, { name: "ci" });
  for (const attempt of [
    () => groups.create(admin, { name: "mine" }),
    () => groups.update(admin, { groupId, name: "mine" }),
    () => groups.delete(admin, groupId),
    () => groups.addMember(admin, groupId, ann),
    () => groups.removeMember(admin, groupId, ann),
    () => serviceAccounts.create(admin, { name: "mine" }),
    () => serviceAccounts.update(admin, { accountId, isDisabled: true }),
    () => serviceAccounts.delete(admin, accountId),
    () => workspaces.create(admin, { name: "mine" }),
    () => workspaces.delete(admin, "default"),
  ])
    await expect(attempt()).rejects.toMatchObject({ code: "permission_denied" });
});

test("who is deleted leaves nothing behind", async () => {
  const { serviceAccounts, members, groups, grants } = world.directory;
  const root = await world.as("root");
  const { accountId } = await serviceAccounts.create(root, { name: "ci" });
  const account = { kind: "service-account", id: accountId } as const;
  const { groupId } = await groups.create(root, { name: "ops" });
  await groups.addMember(root, groupId, account);
  await members.set(root, { ...account, role: "editor" });
  await grants.create(root, {
    effect: "allow",
    level: "manage",
    holder: account,
    target: { on: "model", pattern: "fraud*" },
  });
  await expect(serviceAccounts.create(root, { name: "ci" })).rejects.toMatchObject({
    code: "already_exists",
  });
  await serviceAccounts.delete(root, accountId);
  expect((await members.list(root, { limit: 10 })).items).toEqual([]);
  expect((await grants.list(root, { limit: 10 })).items).toEqual([]);
  expect((await groups.listMembers(root, { groupId, limit: 10 })).items).toEqual([]);
});

test("workspaces are seen by who has something to do there, and never deleted with what is in them", async () => {
  const { workspaces, members } = world.directory;
  const root = await world.as("root");
  const ann = await world.addUser("ann");
  await expect(workspaces.create(root, { name: "Team A" })).rejects.toMatchObject({
    code: "invalid_argument",
  });
  await workspaces.create(root, { name: "team-a", protectedAliases: ["*@champion"] });
  await expect(workspaces.create(root, { name: "team-a" })).rejects.toMatchObject({ code: "already_exists" });
  const names = async (name: string) =>
    (await workspaces.list(await world.as(name), { limit: 10 })).items.map((workspace) => workspace.name);
  expect(await names("root")).toEqual(["default", "team-a"]);
  expect(await names("ann")).toEqual([]);
  await expect(workspaces.get(await world.as("ann"), "team-a")).rejects.toMatchObject({ code: "not_found" });
  await members.set(await world.as("root", "team-a"), { ...ann, role: "admin" });
  expect(await names("ann")).toEqual(["team-a"]);
  // An admin of one workspace sets up that one.
  await workspaces.update(await world.as("ann", "team-a"), "team-a", { defaultRole: "viewer" });
  await expect(
    workspaces.update(await world.as("ann", "team-a"), "default", { defaultRole: "admin" }),
  ).rejects.toMatchObject({ code: "permission_denied" });
  await expect(workspaces.delete(root, "default")).rejects.toMatchObject({ code: "failed_precondition" });
  await workspaces.delete(root, "team-a");
  expect(await names("root")).toEqual(["default"]);
  expect(await names("ann")).toEqual([]);
  expect((await world.as("ann", "team-a")).rights.role).toBeUndefined();
  await workspaces.restore(root, "team-a");
  expect((await world.as("ann", "team-a")).rights.role).toBe("admin");
});
