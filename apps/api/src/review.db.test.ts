import { createTestDatabase } from "@runweir/postgres/testing";
import { afterEach, beforeEach, expect, test } from "vitest";
import { productionPolicy, startReviewing } from "../testing/review-people.ts";
import { post } from "../testing/start-test-api.ts";
import { migrationFolders } from "./prepare-database.ts";

interface Request {
  readonly requestId: number;
  readonly state: string;
  readonly headDigest: string;
  readonly subject: { readonly moves: readonly { readonly from?: number; readonly to?: number }[] };
}
interface View {
  readonly request: Request;
  readonly requirements: readonly { readonly isMet: boolean; readonly text: string }[];
  readonly canBeApplied: boolean;
}

// One for each test: policies hold for all requests, and the audit log has those of all.
let database: Awaited<ReturnType<typeof createTestDatabase>>;
beforeEach(async () => {
  database = await createTestDatabase(migrationFolders);
});
afterEach(() => database.drop());

const champion = { kind: "alias", alias: "champion" } as const;

test("a request goes from a failing check to the champion and back, and each forbidden step is refused and recorded", async () => {
  const reviewing = await startReviewing(database, "walk");
  const { url, admin, scientist, owner, other, model, mlflow, call, addVersion } = reviewing;
  const first = await addVersion(0.9);
  await mlflow(scientist, "registered-models/alias", { name: model, alias: "champion", version: first });
  await call(admin, "policies.propose", { document: productionPolicy, baseRevision: 0 });

  // Another revision takes an approval now.
  const proposed = await call<{ request: Request }>(admin, "policies.propose", {
    document: `${productionPolicy}\n# another`,
    baseRevision: 1,
  });
  await expect(
    call(admin, "requests.merge", {
      requestId: proposed.request.requestId,
      headDigest: proposed.request.headDigest,
    }),
  ).rejects.toThrow("0 of 1 approval");

  const worse = await addVersion(0.5);
  const denied = await mlflow(scientist, "registered-models/alias", {
    name: model,
    alias: "champion",
    version: worse,
  });
  expect(denied.status).toBe(403);
  expect(denied.body).toMatchObject({ error_code: "PERMISSION_DENIED" });
  expect(String(denied.body.message)).toContain(
    `/reviews/new?model=${model}&target=%40champion&version=${worse}`,
  );

  const { requestId } = await call<Request>(scientist, "requests.open", {
    model,
    moves: [{ target: champion, version: Number(worse) }],
    title: "Better on the new data",
  });
  const see = (who = scientist) => call<View>(who, "requests.get", { requestId }, "query");
  const missing = async () =>
    (await see()).requirements.filter(({ isMet }) => !isMet).map(({ text }) => text);
  expect(await missing()).toEqual([
    "0 of 2 approvals",
    "0 of 1 approval of risk-owners",
    "Check metrics: failure",
    "Check ci/bias has not reported",
  ]);

  const thread = await call<{ threadId: number }>(owner, "comments.add", {
    requestId,
    anchor: "metrics:val/auc",
    body: `Why is that, @${scientist.username}?`,
  });
  expect(await call(scientist, "inbox.counts", undefined, "query")).toMatchObject({
    mentioned: 1,
    checksFailing: 1,
  });
  expect(await call(owner, "inbox.counts", undefined, "query")).toMatchObject({ reviewRequested: 1 });
  const head = (await see()).request.headDigest;
  const approve = (who: typeof owner, headDigest: string) =>
    call<Request>(who, "verdicts.give", { requestId, kind: "approve", headDigest });
  await expect(approve(scientist, head)).rejects.toThrow("whoever opened a request does not approve it");
  await expect(approve(other, head)).rejects.toThrow("it takes a member of risk-owners");
  await approve(owner, head);
  expect(await missing()).toContain("1 of 2 approvals");

  // Another candidate: what was approved was something else.
  const better = await addVersion(0.95);
  const pushed = await call<Request>(scientist, "requests.push", { requestId, version: Number(better) });
  expect(pushed.headDigest).not.toBe(head);
  expect(await missing()).toContain("0 of 2 approvals");
  await expect(approve(owner, head)).rejects.toThrow("has changed since you looked at it");
  await approve(owner, pushed.headDigest);

  const { token } = await call<{ token: string }>(admin, "checkTokens.create", {
    checkName: "ci/bias",
    model: "fraud-*",
  });
  const report = (secret: string, body: object) =>
    post(`${url}/api/reviews/${requestId}/checks`, body, { authorization: `Bearer ${secret}` });
  const passed = { name: "ci/bias", conclusion: "success", head_digest: pushed.headDigest };
  expect((await report("rwc_forged", passed)).status).toBe(401);
  expect((await report(token, { ...passed, name: "metrics" })).status).toBe(403);
  const { token: elsewhere } = await call<{ token: string }>(admin, "checkTokens.create", {
    checkName: "ci/bias",
    model: "credit-*",
  });
  expect((await report(elsewhere, passed)).status).toBe(404);
  expect((await report(token, { ...passed, head_digest: head })).status).toBe(409);
  expect((await report(token, { ...passed, conclusion: undefined })).status).toBe(400);
  expect((await report(token, passed)).status).toBe(200);

  // The policy asks for two, and names one group: its second member has to be found.
  expect(await missing()).toEqual(["1 of 2 approvals", "1 unresolved thread"]);
  await database.query(
    "INSERT INTO identity.group_member (group_id, member_kind, member_id) VALUES ('g-risk', 'user', $1)",
    [other.id],
  );
  await approve(other, pushed.headDigest);
  const apply = (who: typeof owner, more: object = {}) =>
    call<Request>(who, "requests.merge", { requestId, headDigest: pushed.headDigest, ...more });
  await expect(apply(scientist)).rejects.toThrow("1 unresolved thread");
  await expect(apply(scientist, { overrideReason: "I want it to be so" })).rejects.toThrow("does not let");
  await call(scientist, "comments.resolve", { requestId, threadId: thread.threadId, isResolved: true });
  expect((await see()).canBeApplied).toBe(true);
  expect(await apply(scientist)).toMatchObject({ state: "applied" });
  await expect(apply(scientist)).rejects.toThrow("is applied");
  const aliasOf = async () =>
    (await mlflow(scientist, `registered-models/alias?name=${model}&alias=champion`, undefined, "GET")).body;
  expect(await aliasOf()).toMatchObject({ model_version: { version: better } });

  const back = await call<Request>(scientist, "requests.revert", { requestId });
  await call(scientist, "requests.merge", { requestId: back.requestId, headDigest: back.headDigest });
  expect(await aliasOf()).toMatchObject({ model_version: { version: first } });
  expect((await see()).request.state).toBe("rolled_back");

  const entries = await database.query<{ action: string; actor_name: string; after: { attempt?: string } }>(
    "SELECT action, actor_name, after FROM identity.audit_entry WHERE action LIKE 'review.%' ORDER BY sequence",
  );
  const refused = entries.filter(({ action }) => action === "review.refuse");
  expect(refused.map(({ actor_name, after }) => `${actor_name}: ${after.attempt}`)).toEqual([
    `${admin.username}: apply`,
    `${scientist.username}: move without a request`,
    `${scientist.username}: approve`,
    `${other.username}: approve`,
    `${owner.username}: approve`,
    "Nobody: report a check without a token of ours",
    "Runweir: report another check",
    "Runweir: report on another request",
    "Runweir: report on another head",
    `${scientist.username}: apply`,
    `${scientist.username}: break glass`,
  ]);
  expect(entries.filter(({ action }) => action === "review.apply")).toHaveLength(2);
  const events = await database.query<{ kind: string }>(
    "SELECT kind FROM outbox.event WHERE kind LIKE 'review.%'",
  );
  expect(events.map(({ kind }) => kind)).toContain("review.applied");
});

test("of fifty who apply competing requests at once one wins, also against clients that move the alias themselves", async () => {
  const { admin, scientist, model, mlflow, call, addVersion } = await startReviewing(database, "race");
  const base = await addVersion(0.9);
  await mlflow(scientist, "registered-models/alias", { name: model, alias: "challenger", version: base });
  const versions: string[] = [];
  for (let count = 0; count < 10; count++) versions.push(await addVersion(0.9));
  const opened: Request[] = [];
  for (let count = 0; count < 50; count++)
    opened.push(
      await call<Request>(count % 2 === 0 ? scientist : admin, "requests.open", {
        model,
        moves: [{ target: { kind: "alias", alias: "challenger" }, version: Number(versions[count % 10]) }],
      }),
    );
  // Nothing that a policy asks for fails, though the versions lack a signature, data and a card.
  expect(await call(scientist, "inbox.counts", undefined, "query")).toMatchObject({ checksFailing: 0 });
  const outcomes = await Promise.allSettled(
    opened.map(({ requestId, headDigest }) =>
      call<Request>(scientist, "requests.merge", { requestId, headDigest }),
    ),
  );
  const won = outcomes.filter(({ status }) => status === "fulfilled");
  const lost = outcomes.filter((one) => one.status === "rejected").map(({ reason }) => String(reason));
  expect(won).toHaveLength(1);
  for (const reason of lost) expect(reason).toMatch(/409 Request \d+ was not applied: its base has moved/);
  const rows = await database.query<{ state: string; count: number }>(
    "SELECT state, count(*) FROM review.request WHERE model = $1 GROUP BY state ORDER BY state",
    [model],
  );
  expect(rows).toEqual([
    { state: "applied", count: 1 },
    { state: "approved", count: 49 },
  ]);

  // The same against clients that move it without asking: none of them takes it back to where it is now.
  const served = opened[outcomes.findIndex(({ status }) => status === "fulfilled")]?.subject.moves[0]?.to;
  const others = versions.filter((version) => Number(version) !== served);
  const to = (count: number) => others[count % others.length] ?? "";
  const following: Request[] = [];
  for (let count = 0; count < 25; count++)
    following.push(
      await call<Request>(scientist, "requests.open", {
        model,
        moves: [{ target: { kind: "alias", alias: "challenger" }, version: Number(to(count)) }],
      }),
    );
  const [merged, moved] = await Promise.all([
    Promise.allSettled(
      following.map(({ requestId, headDigest }) =>
        call<Request>(scientist, "requests.merge", { requestId, headDigest }),
      ),
    ),
    Promise.all(
      following.map((_, count) =>
        mlflow(scientist, "registered-models/alias", {
          name: model,
          alias: "challenger",
          version: to(count),
        }),
      ),
    ),
  ]);
  expect(moved.map(({ status }) => status)).toEqual(following.map(() => 200));
  const next = merged.filter(({ status }) => status === "fulfilled").length;
  expect(next).toBeLessThanOrEqual(1);
  const history = await database.query<{
    valid_from: number;
    valid_to: number | null;
    version: number;
    previous_version: number | null;
    request_id: string | null;
  }>(
    `SELECT h.valid_from, h.valid_to, h.version, h.previous_version, c.request_id FROM registry.target_history h
     JOIN registry.model m USING (model_no) JOIN registry.change c USING (change_no)
     WHERE m.name = $1 AND h.kind = 'alias' AND h.target = 'challenger' ORDER BY h.valid_from`,
    [model],
  );
  const reviewed = history.filter(({ request_id }) => request_id?.startsWith("review-"));
  expect(reviewed).toHaveLength(1 + next);
  // Each request moved it away from its base, and each move begins where and when the one before ends.
  const bases = [Number(base), ...(next === 1 ? [served] : [])];
  expect(reviewed.map(({ previous_version }) => previous_version)).toEqual(bases);
  expect(history.map(({ valid_from }) => valid_from).slice(1)).toEqual(
    history.map(({ valid_to }) => valid_to).slice(0, -1),
  );
  expect(history.map(({ previous_version }) => previous_version).slice(1)).toEqual(
    history.map(({ version }) => version).slice(0, -1),
  );
  expect(history.at(-1)?.valid_to).toBeNull();
});
