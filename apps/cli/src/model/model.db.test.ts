import { migrationFolders } from "@runweir/api-app/prepare-database";
import { startReviewing } from "@runweir/api-app/testing";
import { createTestDatabase } from "@runweir/postgres/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCli } from "../../testing/run-cli.ts";

let database: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  database = await createTestDatabase(migrationFolders);
});
afterAll(() => database.drop());

const policies = `
policies:
  - name: production
    targets: ["@champion"]
    approvals: { count: 1 }
    checks: [metrics]
    metrics: { gates: ["val/auc >= base"] }
`;

test("a pipeline promotes, looks and waits, and goes on or not by the exit code", async () => {
  const reviewing = await startReviewing(database, "cli");
  const { url, admin, scientist, owner, model, mlflow, call, addVersion } = reviewing;
  const first = await addVersion(0.8);
  await mlflow(scientist, "registered-models/alias", { name: model, alias: "champion", version: first });
  await call(admin, "policies.propose", { document: policies, baseRevision: 0 });
  const start = (...words: readonly string[]) =>
    runCli(["model", ...words], {
      env: {
        RUNWEIR_URL: url,
        MLFLOW_TRACKING_USERNAME: scientist.username,
        MLFLOW_TRACKING_PASSWORD: scientist.password,
      },
    });
  const runweir = async (...words: readonly string[]) => {
    const run = start(...words);
    return [await run.ended, run.output()] as const;
  };
  const promote = async (auc: number, ...words: readonly string[]) => {
    const version = await addVersion(auc);
    const [code, said] = await runweir("promote", model, version, "--to", "@champion", "--json", ...words);
    expect(code, said).toBe(0);
    return JSON.parse(said) as { id: number; head_digest: string; title: string };
  };
  const approve = ({ id: requestId, head_digest: headDigest }: { id: number; head_digest: string }) =>
    call(owner, "verdicts.give", { requestId, headDigest, kind: "approve" });

  const better = await promote(0.9, "--title", "Nightly", "--reviewer", owner.username);
  expect(better.title).toBe("Nightly");
  const [waiting, missing] = await runweir("status", String(better.id));
  expect(missing).toContain(
    `Request ${better.id} is open: Nightly\n  ✕ 0 of 1 approval\n  ✓ Check metrics passed\n`,
  );
  expect(waiting).toBe(3);
  expect((await runweir("wait", String(better.id), "--timeout", "0"))[0]).toBe(3);

  // It waits while somebody makes up their mind, and then does it.
  const pipeline = start("wait", String(better.id), "--apply");
  await pipeline.says(/Waiting for: 0 of 1 approval/);
  await approve(better);
  expect(await pipeline.ended).toBe(0);
  expect(pipeline.output()).toContain(`Request ${better.id} is applied: Nightly`);
  expect((await runweir("status", String(better.id)))[0]).toBe(0);
  const { body } = await mlflow(
    ...([scientist, `registered-models/alias?name=${model}&alias=champion`, undefined, "GET"] as const),
  );
  expect(body).toMatchObject({ model_version: { version: "2" } });

  const ready = await promote(0.95);
  await approve(ready);
  expect((await runweir("wait", String(ready.id), "--for", "approved"))[0]).toBe(0);
  await call(owner, "verdicts.reject", { requestId: ready.id, reason: "Not today." });
  expect((await runweir("wait", String(ready.id)))[0]).toBe(2);

  const worse = await promote(0.1);
  const [failed, why] = await runweir("status", String(worse.id));
  expect(why).toContain("metrics: Gate `val/auc >= base` does not hold.");
  expect(failed).toBe(2);

  const unknown = await runweir("status", "99999");
  expect(unknown[1]).toContain("There is no request 99999.");
  const absent = await runweir("promote", model, "99", "--to", "@champion");
  const unreadable = await runweir("wait", "soon");
  expect([unknown[0], absent[0], unreadable[0]]).toEqual([1, 1, 1]);
  const nobody = runCli(["model", "status", String(worse.id)], { env: { RUNWEIR_URL: url } });
  expect(await nobody.ended).toBe(1);
  expect(nobody.output()).toContain("wants to know who you are");
});
