import { expect, type Page } from "@playwright/test";
import type { Database } from "@runweir/postgres";
import { test } from "./server-fixture.ts";

/** Items go 5,000 at a time, so that the last three are a piece of their own. */
const models = 5_003;

test("a bulk move under way is paused between two pieces, survives a statement that breaks, goes on and is taken back", async ({
  page,
  openServer: { url, database },
}) => {
  test.setTimeout(240_000);
  await makeFleet(database);
  const champions = async () => {
    const [row] = await database.query<{ n: number }>("SELECT count(*)::int AS n FROM registry.model_alias");
    return row?.n;
  };
  await page.goto(`${url}/moves/new?q=fleet`);
  await page.getByRole("textbox", { name: "Alias" }).fill("champion");
  await page.getByRole("textbox", { name: "Why" }).fill("The new ones");
  await page.getByRole("button", { name: "Plan the move" }).click();
  await expect(page.getByRole("region", { name: "Plan" })).toContainText("To move5,003 models");
  const move = page.url();

  await test.step("while one of the last three models is held, it is seen under way and can be left and found again", async () => {
    const last = await holdModel(database, "fleet-05003");
    await press(page, "Apply", "Move 5,003 models");
    await expect(progress(page)).toContainText("5,000 of 5,003");
    await expect(page.getByText("applying", { exact: true })).toBeVisible();
    await page.goto(`${url}/moves`);
    await expect(page.getByRole("row").filter({ hasText: "@champion" })).toContainText("5,000 of 5,003");
    expect(await champions()).toBe(5_000);

    const held = await takeJob(database);
    await last.letGo();
    await page.goto(move);
    await page.getByRole("button", { name: "Pause" }).click();
    await expect(page.getByText("apply paused", { exact: true })).toBeVisible();
    await held.letGo();
  });

  await test.step("paused, it stays where it is, also for who opens the page anew", async () => {
    await page.reload();
    await expect(page.getByText("apply paused", { exact: true })).toBeVisible();
    await expect(progress(page)).toContainText("5,000 of 5,003");
    for (const name of ["Undo", "Resume"]) await expect(page.getByRole("button", { name })).toBeVisible();
    await expect(page.getByRole("button", { name: "Pause" })).toHaveCount(0);
    expect(await champions()).toBe(5_000);
  });

  await test.step("resumed, it does the rest, without being looked at again by hand", async () => {
    await press(page, "Resume", "Resume");
    await expect(page.getByText("applied", { exact: true })).toBeVisible();
    await expect(progress(page)).toContainText("5,003 of 5,003");
    expect(await champions()).toBe(5_003);
  });

  await test.step("the undo is paused and resumed just so, and all of it is taken back", async () => {
    const last = await holdModel(database, "fleet-05003");
    await press(page, "Undo", "Move 5,003 models back");
    await expect(progress(page)).toContainText("5,000 moved back");
    await expect(page.getByText("undoing", { exact: true })).toBeVisible();
    const held = await takeJob(database);
    await last.letGo();
    await page.getByRole("button", { name: "Pause" }).click();
    await expect(page.getByText("undo paused", { exact: true })).toBeVisible();
    await held.letGo();
    expect(await champions()).toBe(3);
    await press(page, "Resume", "Resume");
    await expect(page.getByText("undone", { exact: true })).toBeVisible();
    await expect(progress(page)).toContainText("5,003 moved back");
    expect(await champions()).toBe(0);
  });

  await test.step("the history of a model leads to the move", async () => {
    await page.goto(`${url}/models/fleet-05003?tab=history`);
    const moves = page.getByRole("region", { name: "Moves" });
    await expect(moves.getByRole("link", { name: "bulk move 1" })).toHaveCount(2);
    await moves.getByRole("link", { name: "bulk move 1" }).first().click();
    await expect(page).toHaveURL(move);
  });
});

/** The line of figures, and what goes with it. */
const progress = (page: Page) => page.getByRole("region", { name: "Plan" });

async function press(page: Page, button: string, confirmation: string): Promise<void> {
  await page.getByRole("button", { name: button, exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: confirmation, exact: true }).click();
  await expect(page.getByRole("dialog")).toBeHidden();
}

async function makeFleet(database: Database): Promise<void> {
  await database.query(
    `WITH made AS (
       INSERT INTO registry.model (workspace, name, creator_id, creation_time, last_update_time, last_version, version_count)
       SELECT 'default', 'fleet-' || lpad(n::text, 5, '0'), 'local', n, n, 1, 1 FROM generate_series(1, $1::int) AS n
       RETURNING model_no
     )
     INSERT INTO registry.model_version (model_no, version, workspace, creation_time, last_update_time, source, storage_location)
     SELECT model_no, 1, 'default', 1, 1, 's', 's' FROM made`,
    [models],
  );
}

interface Held {
  letGo(): Promise<void>;
}

/** Resolves when the statement has its locks; until they are let go, others wait for them. */
async function hold(database: Database, statement: string, value: string): Promise<Held> {
  let letGo = () => {};
  const released = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let ended: Promise<void> = Promise.resolve();
  await new Promise<void>((resolve, reject) => {
    ended = database.transaction(async (client) => {
      await client.query(statement, [value]);
      resolve();
      await released;
    });
    ended.catch(reject);
  });
  return {
    async letGo() {
      letGo();
      await ended;
    },
  };
}

/** A piece that moves this model waits. */
function holdModel(database: Database, name: string): Promise<Held> {
  return hold(database, "SELECT FROM registry.model WHERE name = $1 FOR UPDATE", name);
}

/**
 * Keeps the only job from being gone on with, not from being paused: whoever moves a piece takes the job for themselves, and
 * leaves one alone that somebody else has. The piece that has it now is ended, as a lost connection does.
 */
async function takeJob(database: Database): Promise<Held> {
  let isHeld = false;
  const holding = hold(database, "SELECT FROM registry.bulk_job WHERE job_no = $1 FOR KEY SHARE", "1");
  void holding.then(() => {
    isHeld = true;
  });
  await expect
    .poll(async () => {
      await database.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE wait_event_type = 'Lock' AND query LIKE '%FROM registry.model %FOR NO KEY UPDATE%'`,
      );
      return isHeld;
    })
    .toBe(true);
  return holding;
}
