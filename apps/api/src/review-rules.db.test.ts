import { createTestDatabase } from "@runweir/postgres/testing";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startReviewing } from "../testing/review-people.ts";
import { migrationFolders } from "./prepare-database.ts";

interface Request {
  readonly requestId: number;
  readonly state: string;
  readonly headDigest: string;
  readonly endTime?: number;
}
interface View {
  readonly request: Request;
  readonly events: readonly { readonly kind: string }[];
  readonly canBeApplied: boolean;
  readonly baseSince?: number;
}

let database: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  database = await createTestDatabase(migrationFolders);
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.query("UPDATE review.policy SET request_id = NULL");
  await database.query("DELETE FROM review.policy");
});

const gold = { kind: "alias", alias: "gold" } as const;
const policy = (more: string) => `policies: [{name: gold, targets: ["@gold"], ${more}}]`;

test("policies are changed by review, from the revision that was looked at", async () => {
  const { admin, makeUser, call } = await startReviewing(database, "policies");
  const other = await makeUser("policies-second", { role: "admin" });
  const document = `${policy("approvals: {count: 0}")}\nchanges: {approvals: {count: 1}}`;
  expect(await call(admin, "policies.propose", { document, baseRevision: 0 })).toMatchObject({
    revision: { revision: 1 },
  });
  await expect(call(admin, "policies.propose", { document, baseRevision: 0 })).rejects.toThrow(
    "revision 1 now",
  );
  await expect(call(admin, "policies.propose", { document: "policies: 1", baseRevision: 1 })).rejects.toThrow(
    "line 1: policies",
  );
  const propose = (text: string) =>
    call<{ request: Request }>(admin, "policies.propose", { document: text, baseRevision: 1 });
  const { request } = await propose(`${document}\n# more`);
  const { request: rival } = await propose(`${document}\n# less`);
  const approve = (who: typeof admin, { requestId, headDigest }: Request) =>
    call(who, "verdicts.give", { requestId, headDigest, kind: "approve" });
  const apply = ({ requestId, headDigest }: Request) =>
    call<Request>(admin, "requests.merge", { requestId, headDigest });
  await expect(approve(admin, request)).rejects.toThrow("whoever opened a request does not approve it");
  await expect(apply(request)).rejects.toThrow("0 of 1 approval");
  for (const one of [request, rival]) await approve(other, one);
  expect(await apply(request)).toMatchObject({ state: "applied" });
  await expect(apply(rival)).rejects.toThrow("The policies are at revision 2 now");
  expect(await call(admin, "policies.get", undefined, "query")).toMatchObject({
    revision: 2,
    document: `${document}\n# more`,
    requestId: request.requestId,
  });
  const [diff] = await call<{ document: { change: string }[] }[]>(
    admin,
    "requests.diff",
    { requestId: request.requestId },
    "query",
  );
  expect(diff?.document.filter(({ change }) => change !== "same")).toHaveLength(1);
});

test("an application follows a base that moved where the policy lets it, and its checks look again before", async () => {
  const { admin, scientist, model, call, addVersion } = await startReviewing(database, "follow");
  const versions = [
    await addVersion(0.5),
    await addVersion(0.9),
    await addVersion(0.7),
    await addVersion(0.95),
  ];
  const rules = `approvals: {count: 0}, require_current_base: false, checks: [metrics], metrics: {gates: ["val/auc >= base"]}`;
  await call(admin, "policies.propose", { document: policy(rules), baseRevision: 0 });
  const open = (place: number) =>
    call<Request>(scientist, "requests.open", {
      model,
      moves: [{ target: gold, version: Number(versions[place]) }],
    });
  const apply = ({ requestId, headDigest }: Request) =>
    call<Request>(scientist, "requests.merge", { requestId, headDigest });
  const requests = [await open(1), await open(2), await open(3)] as const;
  const see = ({ requestId }: Request) => call<View>(scientist, "requests.get", { requestId }, "query");
  expect((await see(requests[1])).baseSince, "there is none").toBeUndefined();
  const { endTime } = await apply(requests[0]);
  // Good when there was no base, and worse than the present one.
  await expect(apply(requests[1])).rejects.toThrow("Check metrics: failure");
  expect((await see(requests[1])).baseSince, "since when the new one is there").toBe(endTime);
  expect(await apply(requests[2])).toMatchObject({ state: "applied" });
  const { events } = await see(requests[2]);
  expect(events.map(({ kind }) => kind)).toEqual([
    "opened",
    "check_completed",
    "base_moved",
    "check_completed",
    "applied",
  ]);
});

test("the glass is broken with a reason, by whom the policy names, and that is recorded", async () => {
  const { admin, scientist, model, call, addVersion } = await startReviewing(database, "glass");
  const version = Number(await addVersion(0.9));
  const rules = "approvals: {count: 3}, checks: [ci], break_glass: {roles: [admin]}";
  await call(admin, "policies.propose", { document: policy(rules), baseRevision: 0 });
  const { requestId, headDigest } = await call<Request>(scientist, "requests.open", {
    model,
    moves: [{ target: gold, version }],
  });
  const glass = (who: typeof admin, overrideReason: string) =>
    call<Request>(who, "requests.merge", { requestId, headDigest, overrideReason });
  await expect(glass(scientist, "The champion is broken")).rejects.toThrow("does not let");
  await expect(glass(admin, "now")).rejects.toThrow("10 to 2000 are allowed");
  expect(await glass(admin, "The champion is broken")).toMatchObject({ state: "applied" });
  const entries = await database.query<{ after: object }>(
    "SELECT after FROM identity.audit_entry WHERE action = 'review.break-glass' AND object_id = $1",
    [String(requestId)],
  );
  expect(entries).toMatchObject([
    {
      after: { reason: "The champion is broken", missing: ["0 of 3 approvals", "Check ci has not reported"] },
    },
  ]);
});

test("a policy is tried on what was asked for before", async () => {
  const { admin, scientist, model, call, addVersion } = await startReviewing(database, "simulator");
  const version = Number(await addVersion(0.6));
  const { requestId } = await call<Request>(scientist, "requests.open", {
    model,
    moves: [{ target: gold, version }],
  });
  const rules = `approvals: {count: 1}, checks: [metrics], metrics: {gates: ["val/auc >= 0.7"]}`;
  const simulation = await call<{ blocked: number; requests: { requestId: number }[] }>(
    admin,
    "policies.simulate",
    { document: policy(rules) },
  );
  expect(simulation.requests.find((one) => one.requestId === requestId)).toMatchObject({
    before: true,
    after: false,
    policy: "gold",
    missing: ["0 of 1 approval", "Check metrics: failure"],
  });
  expect(simulation.blocked).toBeGreaterThan(0);
  // Nothing has changed by asking.
  expect(await call(admin, "policies.get", undefined, "query")).toMatchObject({ revision: 0 });
});

test("a client that moves a protected alias gets a request for it, once", async () => {
  const { admin, scientist, model, mlflow, call, addVersion } = await startReviewing(database, "gate");
  const version = await addVersion(0.9);
  await call(admin, "policies.propose", {
    document: policy("approvals: {count: 1}, direct_moves: open_request"),
    baseRevision: 0,
  });
  const move = () => mlflow(scientist, "registered-models/alias", { name: model, alias: "gold", version });
  const first = await move();
  expect(first.status).toBe(403);
  const [, number] =
    /Request (\d+) was opened for it: \S*\/reviews\/\1$/.exec(String(first.body.message)) ?? [];
  expect(number).toBeDefined();
  expect(String((await move()).body.message)).toContain(`Request ${number} is open for it already`);
  const other = await mlflow(scientist, "registered-models/alias", { name: model, alias: "free", version });
  expect(other.status).toBe(200);
});

test("another name takes no protected alias out of review", async () => {
  const { admin, scientist, model, mlflow, call, addVersion } = await startReviewing(database, "name");
  const version = await addVersion(0.9);
  await mlflow(scientist, "registered-models/alias", { name: model, alias: "gold", version });
  const document = `policies: [{name: gold, model: "fraud-*", targets: ["@gold"]}]`;
  await call(admin, "policies.propose", { document, baseRevision: 0 });
  const rename = (name: string, newName: string) =>
    mlflow(scientist, "registered-models/rename", { name, new_name: newName });
  const refused = await rename(model, "free");
  expect(refused).toMatchObject({ status: 403, body: { error_code: "PERMISSION_DENIED" } });
  expect(refused.body.message).toContain("@gold is protected by policy 'gold'");
  expect((await rename(model, `${model}-2`)).status).toBe(200);
});

test("a draft waits for its author, and what was closed can be opened again", async () => {
  const { scientist, owner, makeUser, model, call, addVersion } = await startReviewing(database, "draft");
  const reader = await makeUser("draft-reader", { role: "viewer" });
  const version = Number(await addVersion(0.9));
  const { requestId, headDigest, state } = await call<Request>(scientist, "requests.open", {
    model,
    moves: [{ target: gold, version }],
    isDraft: true,
  });
  expect(state).toBe("draft");
  await expect(call(scientist, "requests.merge", { requestId, headDigest })).rejects.toThrow("It is a draft");
  await expect(call(owner, "requests.publish", { requestId })).rejects.toThrow(
    `only ${scientist.username} and who manages`,
  );
  const another = Number(await addVersion(0.8));
  await expect(call(reader, "requests.push", { requestId, version: another })).rejects.toThrow(
    `${reader.username} has no edit permission`,
  );
  expect(await call(scientist, "requests.publish", { requestId })).toMatchObject({ state: "approved" });
  expect(await call(scientist, "requests.close", { requestId })).toMatchObject({ state: "closed" });
  await expect(call(scientist, "requests.merge", { requestId, headDigest })).rejects.toThrow("It is closed");
  expect(await call(scientist, "requests.reopen", { requestId })).toMatchObject({ state: "approved" });
  await expect(
    call(scientist, "requests.open", { model, moves: [{ target: gold, version: 99 }] }),
  ).rejects.toThrow("not found");
});

test("the way back needs no approvals, and leads back alone", async () => {
  const { admin, scientist, owner, other, model, mlflow, call, addVersion } = await startReviewing(
    database,
    "back",
  );
  const versions = [await addVersion(0.5), await addVersion(0.6), await addVersion(0.7)].map(Number);
  await mlflow(scientist, "registered-models/alias", {
    name: model,
    alias: "gold",
    version: String(versions[0]),
  });
  await call(admin, "policies.propose", { document: policy("approvals: {count: 1}"), baseRevision: 0 });
  const merge = ({ requestId, headDigest }: Request) =>
    call<Request>(scientist, "requests.merge", { requestId, headDigest });
  const promote = async (version: number | undefined) => {
    const opened = await call<Request>(scientist, "requests.open", {
      model,
      moves: [{ target: gold, version }],
    });
    const { requestId, headDigest } = opened;
    await call(owner, "verdicts.give", { requestId, headDigest, kind: "approve" });
    return merge(opened);
  };
  const revert = ({ requestId }: Request) => call<Request>(scientist, "requests.revert", { requestId });

  const first = await promote(versions[1]);
  const back = await revert(first);
  await expect(
    call(scientist, "requests.push", { requestId: back.requestId, version: versions[2] }),
  ).rejects.toThrow("takes back request");
  // Another version comes in between: that one was not what is taken back.
  await promote(versions[2]);
  await expect(merge(back)).rejects.toThrow("its base has moved");
  await expect(merge(back)).rejects.toThrow("0 of 1 approval");
  await expect(merge(await revert(first))).rejects.toThrow("0 of 1 approval");

  const second = await call<Request>(other, "requests.open", {
    model,
    moves: [{ target: gold, version: versions[1] }],
  });
  await call(owner, "verdicts.give", { ...second, kind: "approve" });
  const away = await revert(await merge(second));
  expect(await merge(away)).toMatchObject({ state: "applied" });
  // And not forth again.
  await expect(merge(await revert(away))).rejects.toThrow("0 of 1 approval");
});

test("columns of the data are compared by what the runs logged, and what a second training lacks is named", async () => {
  const { scientist, model, mlflow, call } = await startReviewing(database, "drift");
  const train = async (
    digest: string,
    counts: readonly number[] | undefined,
    tags: Record<string, string>,
  ) => {
    const { body } = await mlflow(scientist, "runs/create", { experiment_id: "0" });
    const { run_id } = (body.run as { info: { run_id: string } }).info;
    const profile = counts && { columns: { amount: { histogram: { edges: [0, 1, 2], counts } } } };
    await mlflow(scientist, "runs/log-batch", {
      run_id,
      params: [{ key: "seed", value: "7" }],
      tags: Object.entries(tags).map(([key, value]) => ({ key: `mlflow.source.git.${key}`, value })),
    });
    await mlflow(scientist, "runs/log-inputs", {
      run_id,
      datasets: [
        {
          tags: [{ key: "mlflow.data.context", value: "training" }],
          dataset: {
            name: "tx",
            digest,
            source_type: "code",
            source: "{}",
            profile: JSON.stringify(profile ?? {}),
          },
        },
      ],
    });
    await mlflow(scientist, "model-versions/create", { name: model, source: `runs:/${run_id}/model` });
  };
  await train("a", [50, 50], { commit: "c0ffee" });
  await train("b", [90, 10], { commit: "c0ffee", dirty: "true" });
  await train("c", undefined, {});
  const data = async (candidate: number) => {
    const { diff } = await call<{ diff: { data: readonly object[] } }>(
      scientist,
      "requests.compare",
      { model, base: 1, candidate },
      "query",
    );
    return diff.data;
  };
  expect(await data(2)).toMatchObject([
    { anchor: "data:tx (training)", before: "a", after: "b" },
    {
      anchor: "data:tx (training).amount",
      change: "changed",
      note: expect.stringContaining("large shift: PSI 0.879"),
    },
  ]);
  expect(await data(3)).toMatchObject([{ note: expect.stringMatching(/no profile .* with the candidate$/) }]);

  const { requestId } = await call<{ requestId: number }>(scientist, "requests.open", {
    model,
    moves: [{ target: { kind: "alias", alias: "next" }, version: 2 }],
  });
  const { checks } = await call<{
    checks: readonly { name: string; conclusion: string; annotations: readonly { anchor: string }[] }[];
  }>(scientist, "requests.get", { requestId }, "query");
  const check = checks.find(({ name }) => name === "reproducible");
  expect(check?.conclusion).toBe("failure");
  expect(check?.annotations.map(({ anchor }) => anchor)).toEqual([
    "code:changes",
    "environment:python",
    "environment:*",
  ]);
});

test("several runs measure a version, each once, and differences within their noise are no more than that", async () => {
  const { scientist, model, mlflow, call } = await startReviewing(database, "seeds");
  const measure = async (auc: number) => {
    const { body } = await mlflow(scientist, "runs/create", { experiment_id: "0" });
    const { run_id } = (body.run as { info: { run_id: string } }).info;
    const metrics = [{ key: "auc", value: auc, timestamp: 1, step: 0 }];
    await mlflow(scientist, "runs/log-batch", { run_id, metrics });
    return run_id;
  };
  const addVersion = async (aucs: readonly number[]) => {
    const runs: string[] = [];
    for (const auc of aucs) runs.push(await measure(auc));
    await mlflow(scientist, "model-versions/create", {
      name: model,
      source: `runs:/${runs[0]}/model`,
      // The run that made it, and one of the others twice.
      tags: [{ key: "runweir.evaluation_runs", value: [...runs, runs.at(-1), ""].join(", ") }],
    });
  };
  await addVersion([0.9, 0.91, 0.92]);
  await addVersion([0.95, 0.96, 0.97]);
  await addVersion([0.88, 0.91, 0.95]);
  const auc = async (candidate: number) => {
    const { diff } = await call<{ diff: { metrics: readonly object[] } }>(
      scientist,
      "requests.compare",
      { model, base: 1, candidate },
      "query",
    );
    return diff.metrics;
  };
  expect(await auc(2)).toMatchObject([
    { label: "auc", base: { count: 3 }, candidate: { count: 3 }, verdict: "better" },
  ]);
  expect(await auc(3)).toMatchObject([{ candidate: { count: 3 }, verdict: "within_noise" }]);
});

test("a comment that is sent again, because its answer was lost, stands there once and is told of once", async () => {
  const { scientist, owner, model, call, addVersion } = await startReviewing(database, "comments-again");
  const moves = [{ target: gold, version: Number(await addVersion(0.9)) }];
  const { requestId } = await call<Request>(scientist, "requests.open", { model, moves });
  const say = (who: typeof owner, body: string, idempotencyKey?: string) =>
    call<{ commentId: number; body: string }>(who, "comments.add", { requestId, body, idempotencyKey });
  const sent = await Promise.all(Array.from({ length: 8 }, () => say(owner, "Why?", "8f1d")));
  expect(new Set(sent.map(({ commentId }) => commentId)).size).toBe(1);
  expect(await say(owner, "Sent when it was edited since", "8f1d")).toMatchObject({ body: "Why?" });
  await say(scientist, "Why not?", "8f1d");
  await say(owner, "Why?");
  await say(owner, "Why?");
  await expect(say(owner, "Why?", "")).rejects.toThrow("idempotencyKey");
  const { threads, events } = await call<{
    threads: readonly { comments: readonly { body: string }[] }[];
    events: readonly { kind: string }[];
  }>(owner, "requests.get", { requestId }, "query");
  expect(threads.flatMap(({ comments }) => comments.map(({ body }) => body))).toEqual([
    "Why?",
    "Why not?",
    "Why?",
    "Why?",
  ]);
  expect(events.filter(({ kind }) => kind === "commented")).toHaveLength(4);
});
