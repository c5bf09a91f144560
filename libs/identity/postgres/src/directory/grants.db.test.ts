import type { GrantDraft, GrantTarget } from "@runweir/identity-domain";
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
  for (const [name, role] of [
    ["ann", "admin"],
    ["bob", "member"],
    ["cid", "editor"],
  ] as const)
    await world.directory.members.set(await world.as("root"), { ...(await world.addUser(name)), role });
});

const bob = { kind: "user", id: "u-bob" } as const;
const cid = { kind: "user", id: "u-cid" } as const;
const everyone = { kind: "everyone" } as const;
const one: GrantTarget = { on: "experiment", experimentId: "1" };
const models = (pattern: string): GrantTarget => ({ on: "model", pattern });
const give = async (who: string, draft: Partial<GrantDraft>) =>
  world.directory.grants.create(await world.as(who), {
    effect: "allow",
    level: "edit",
    target: one,
    holder: cid,
    ...draft,
  });
const denied = { code: "permission_denied" };

test("whoever manages an experiment or a model gives grants on exactly that, and on nothing else", async () => {
  await expect(give("bob", {})).rejects.toMatchObject(denied);
  await world.directory.grants.grantToMaker(await world.as("bob"), one);
  await world.directory.grants.grantToMaker(await world.as("bob"), models("fraud"));
  await give("bob", {});
  await give("bob", { target: models("fraud"), level: "manage" });
  await give("bob", { target: { on: "alias", pattern: "fraud@champion" } });
  for (const target of [
    { on: "experiment", experimentId: "2" },
    { on: "experiment", pattern: "mnist-1" },
    models("fraud*"),
    models("other"),
    { on: "alias", pattern: "other@champion" },
    { on: "alias", pattern: "*@champion" },
  ] as const)
    await expect(give("bob", { target })).rejects.toMatchObject(denied);
  // An edit is no management: cid has got it, and may not pass it on.
  await expect(give("cid", { holder: bob })).rejects.toMatchObject(denied);
});

test("nobody gives more than they have: an admin gives away nothing that a grant denies them", async () => {
  const ann = { kind: "user", id: "u-ann" } as const;
  const { grantId } = await give("root", {
    effect: "deny",
    level: "production",
    target: models("fraud*"),
    holder: ann,
  });
  await give("ann", { target: models("fraud-1"), level: "staging" });
  for (const draft of [
    { target: models("fraud-2"), level: "production" },
    { target: models("*"), level: "manage" },
    { target: models("*-2"), level: "production" },
    { target: { on: "alias", pattern: "*@champion" }, level: "edit" },
    { target: models("fraud-1"), effect: "deny", level: "read" },
  ] as const)
    await expect(give("ann", draft)).rejects.toMatchObject({ ...denied, reason: "denied_grant" });
  await give("ann", { target: models("churn*"), level: "manage" });
  const { grants } = world.directory;
  await expect(grants.delete(await world.as("ann"), grantId)).rejects.toMatchObject(denied);
  await expect(
    grants.update(await world.as("ann"), { grantId, effect: "allow", level: "manage" }),
  ).rejects.toMatchObject(denied);
  await grants.delete(await world.as("root"), grantId);
  await give("ann", { target: models("*"), level: "manage", holder: everyone });
});

test("what denies wins, also over a role, and nobody shuts themselves or an admin out", async () => {
  const { grants, access } = world.directory;
  await grants.grantToMaker(await world.as("bob"), one);
  await expect(give("bob", { effect: "deny", level: "read", holder: everyone })).rejects.toMatchObject({
    code: "failed_precondition",
  });
  await expect(give("bob", { effect: "deny", holder: { kind: "user", id: "u-ann" } })).rejects.toMatchObject(
    denied,
  );
  await expect(give("bob", { effect: "deny", holder: bob })).rejects.toMatchObject({
    code: "failed_precondition",
  });
  await give("bob", { effect: "deny", level: "read" });
  const explanation = await access.explain(await world.as("ann"), {
    principal: cid,
    permission: "experiment.read",
    object: { kind: "experiment", experimentId: "1", name: "whatever one says" },
  });
  expect(explanation).toMatchObject({ allowed: false });
  expect(explanation.considered.map(({ kind, effect, decides }) => [kind, effect, decides])).toEqual([
    ["account", "nothing", false],
    ["administrator", "nothing", false],
    ["grant", "deny", true],
    ["role", "allow", false],
    ["otherwise", "deny", false],
  ]);
});

test("an explanation names the group that a role or a grant comes by", async () => {
  const { groups, members, access } = world.directory;
  const root = await world.as("root");
  const { groupId } = await groups.create(root, { name: "ops" });
  await groups.addMember(root, groupId, bob);
  await members.set(root, { kind: "group", id: groupId, role: "guest" });
  await give("root", {
    holder: { kind: "group", id: groupId },
    target: { on: "experiment", pattern: "mnist-*" },
  });
  const question = {
    principal: bob,
    permission: "experiment.edit",
    object: { kind: "experiment", experimentId: "3", name: "" },
  } as const;
  const { allowed, considered } = await access.explain(await world.as("bob"), question);
  expect(allowed).toBe(true);
  expect(considered.find(({ decides }) => decides)).toMatchObject({
    kind: "grant",
    grant: { holder: { kind: "group", name: "ops" }, target: { pattern: "mnist-*" } },
  });
  expect(considered.filter(({ kind }) => kind === "role")).toMatchObject([
    { source: { via: "member", role: "member" } },
    { source: { via: "group", group: "ops", role: "guest" } },
  ]);
  await expect(access.explain(await world.as("cid"), question)).rejects.toMatchObject(denied);
});

test("own grants follow their object, and a pattern is nobody's", async () => {
  const { grants } = world.directory;
  const list = async () =>
    (await grants.list(await world.as("ann"), { limit: 10 })).items.map(({ target, isOwn }) => [
      target,
      isOwn,
    ]);
  await grants.grantToMaker(await world.as("bob"), models("everything*"));
  expect(await list()).toEqual([]);
  await grants.grantToMaker(await world.as("bob"), models("fraud"));
  await grants.grantToMaker(await world.as("bob"), models("fraud"));
  await grants.followRename("default", "fraud", "scam");
  expect(await list()).toEqual([[models("scam"), true]]);
  await give("ann", { target: models("scam") });
  await grants.forget("default", models("scam"));
  // What an admin said about the name is not about the one that was deleted.
  expect(await list()).toEqual([[models("scam"), false]]);
  await grants.grantToMaker(await world.as("bob"), one);
  await give("ann", {});
  await grants.forget("default", one);
  expect(await list()).toEqual([[models("scam"), false]]);
});

test("lists show all to admins, what one manages to its manager, and one's own to everybody", async () => {
  const { grants } = world.directory;
  await grants.grantToMaker(await world.as("bob"), one);
  await give("ann", { target: models("x") });
  const sees = async (who: string, filter: Parameters<typeof grants.list>[1]) =>
    (await grants.list(await world.as(who), filter)).items.length;
  expect(await sees("ann", { limit: 10 })).toBe(2);
  await expect(sees("bob", { limit: 10 })).rejects.toMatchObject(denied);
  expect(await sees("bob", { limit: 10, target: one })).toBe(1);
  expect(await sees("cid", { limit: 10, holder: cid })).toBe(1);
  await expect(sees("cid", { limit: 10, holder: bob })).rejects.toMatchObject(denied);
  expect((await grants.list(await world.as("ann"), { limit: 10, target: one })).items).toMatchObject([
    { experimentName: "mnist-1", holder: { name: "bob" } },
  ]);
  await expect(give("ann", { target: models("x") })).rejects.toMatchObject({ code: "already_exists" });
  await expect(give("ann", { target: { on: "experiment", experimentId: "77" } })).rejects.toMatchObject({
    code: "not_found",
  });
});
