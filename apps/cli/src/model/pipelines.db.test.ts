import { migrationFolders } from "@runweir/api-app/prepare-database";
import { startReviewing } from "@runweir/api-app/testing";
import { createTestDatabase } from "@runweir/postgres/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runGitHubExample, runGitLabExample } from "../../testing/documented-pipelines.ts";

let database: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  database = await createTestDatabase(migrationFolders);
});
afterAll(() => database.drop());

const policies = `
policies:
  - name: production
    model: "fraud-*"
    targets: ["@champion"]
    approvals: { count: 1 }
    checks: [ci/bias]
`;

test("the documented pipelines promote what is approved, and stop at what is not", async () => {
  const reviewing = await startReviewing(database, "gbm");
  const { url, admin, scientist, owner, model, mlflow, call, addVersion, makeToken } = reviewing;
  expect(model, "as the document calls it").toBe("fraud-gbm");
  await mlflow(scientist, "registered-models/alias", {
    name: model,
    alias: "champion",
    version: await addVersion(0.8),
  });
  await call(admin, "policies.propose", { document: policies, baseRevision: 0 });
  const check = await call<{ token: string }>(admin, "checkTokens.create", { checkName: "ci/bias" });
  const secrets = {
    RUNWEIR_TOKEN: (await makeToken(scientist)).secret,
    RUNWEIR_CHECK_TOKEN: check.token,
  };
  const championOf = async () => {
    const path = `registered-models/alias?name=${model}&alias=champion`;
    const { body } = await mlflow(scientist, path, undefined, "GET");
    return (body.model_version as { version: string }).version;
  };
  /** As soon as the pipeline says that it waits for that. */
  let approved: Promise<unknown> | undefined;
  const approve = async () => {
    const { items } = await call<{ items: readonly { requestId: number }[] }>(
      owner,
      "requests.activity",
      { model, limit: 1 },
      "query",
    );
    const { request } = await call<{ request: { requestId: number; headDigest: string } }>(
      owner,
      "requests.get",
      { requestId: items[0]?.requestId },
      "query",
    );
    const { requestId, headDigest } = request;
    await call(owner, "verdicts.give", { requestId, headDigest, kind: "approve" });
  };
  const onPrinted = (all: string) => {
    if (all.includes("Waiting for: 0 of 1 approval")) approved ??= approve();
  };

  const version = await addVersion(0.9);
  const passed = await runGitHubExample({ url, secrets, version, onPrinted });
  await approved;
  expect(passed.code, passed.printed).toBe(0);
  expect(passed.steps).toBe(4);
  expect(await championOf()).toBe(version);

  const unfair = await runGitHubExample({ url, secrets, version: await addVersion(0.9), fair: false });
  expect(unfair.code, unfair.printed).toBe(2);
  expect(unfair.printed).toContain("ci/bias");

  const forged = { ...secrets, RUNWEIR_CHECK_TOKEN: "not the token" };
  const refused = await runGitHubExample({ url, secrets: forged, version: await addVersion(0.9) });
  expect(refused.code, "curl fails, and so does the step").not.toBe(0);
  expect(refused.steps).toBe(3);

  const unseen = await runGitLabExample({ url, secrets, version: await addVersion(0.9), seconds: 0 });
  expect([unseen.code, unseen.status], unseen.printed).toEqual([3, "warning"]);
  const absent = await runGitLabExample({ url, secrets, version: "99" });
  expect([absent.code, absent.status], absent.printed).toEqual([1, "failed"]);
  expect(await championOf(), "nothing else has moved").toBe(version);

  // Where no policy asks for anything it goes through.
  await call(admin, "policies.propose", { document: "policies: []\n", baseRevision: 1 });
  const free = await addVersion(0.9);
  const through = await runGitLabExample({ url, secrets, version: free });
  expect([through.code, through.status], through.printed).toEqual([0, "passed"]);
  expect(await championOf()).toBe(free);
});
