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

test("an alias of many models is planned, moved when that was said, and moved back", async () => {
  const { url, scientist, mlflow, addVersion, model } = await startReviewing(database, "bulk");
  const newest = await addVersion(0.8);
  const runweir = async (...words: readonly string[]) => {
    const run = runCli(["model", ...words], {
      env: {
        RUNWEIR_URL: url,
        MLFLOW_TRACKING_USERNAME: scientist.username,
        MLFLOW_TRACKING_PASSWORD: scientist.password,
      },
    });
    return [await run.ended, run.output()] as const;
  };
  const canary = async () =>
    (
      await mlflow(
        ...([scientist, `registered-models/alias?name=${model}&alias=canary`, undefined, "GET"] as const),
      )
    ).body;
  const wanted = ["--to", "@canary", "--filter", `name = '${model}'`, "--reason", "Try it"];

  const [planned, plan] = await runweir("move", ...wanted);
  expect(plan).toContain("is planned: @canary to the latest version\n  1 of 1 models to move");
  expect(plan).toContain("Nothing has moved. To move it: runweir model move 1 --yes");
  expect(planned).toBe(3);
  expect(await canary()).toMatchObject({ error_code: expect.any(String) as unknown });

  const [moved, done] = await runweir("move", "1", "--yes");
  expect(done).toContain("Bulk move 1 is applied");
  expect(moved).toBe(0);
  expect(await canary()).toMatchObject({ model_version: { version: newest } });

  const [listed, list] = await runweir("moves");
  expect(list).toMatch(/1 +applied +1\/1 .*@canary to the latest version +Try it/);
  expect(listed).toBe(0);
  // The same again changes nothing, and that is no failure.
  expect((await runweir("move", ...wanted, "--yes"))[0]).toBe(0);

  expect((await runweir("undo", "1"))[0]).toBe(3);
  const [undone, back] = await runweir("undo", "1", "--yes");
  expect(back).toContain("Bulk move 1 is undone");
  expect(undone).toBe(0);
  expect(await canary()).toMatchObject({ error_code: expect.any(String) as unknown });

  const [, other] = await runweir("move", ...wanted, "--json");
  const { jobId } = JSON.parse(other.slice(0, other.indexOf("\n"))) as { jobId: string };
  // As somebody has left it who paused it in its first moment.
  await database.query("UPDATE registry.bulk_job SET state = 'paused' WHERE job_no = $1", [jobId]);
  const [paused, how] = await runweir("moves", jobId);
  expect(how).toContain(`Bulk move ${jobId} is apply paused`);
  expect(paused).toBe(3);
  expect((await runweir("resume", jobId))[0]).toBe(0);
  expect(await canary()).toMatchObject({ model_version: { version: newest } });
  expect((await runweir("pause", jobId))[1]).toContain("only what is applying or undoing can be paused");

  const again = await runweir("undo", "1", "--yes");
  expect(again[1]).toContain("Bulk move '1' is undone: only what is applied");
  const unknown = await runweir("moves", "99");
  expect(unknown[1]).toContain("There is no bulk move '99'.");
  const aimless = await runweir("move", "--to", "@canary", "--reason", "x", "--yes");
  expect(aimless[1]).toContain("found no models, allowed is --filter, --text");
  const unsaid = await runweir("move", "--to", "@canary", "--all");
  expect(unsaid[1]).toContain("--reason: found nothing");
  expect([again[0], unknown[0], aimless[0], unsaid[0]]).toEqual([1, 1, 1, 1]);
});
