import { expect, type Page } from "@playwright/test";
import { createExperiment, logRun } from "./rest-client.ts";
import { test } from "./server-fixture.ts";

const editorOf = (page: Page) => page.getByRole("textbox", { name: "SQL statement" });
const gridOf = (page: Page) => page.getByRole("grid", { name: "Result" });
const statusOf = (page: Page) => page.getByRole("status").filter({ hasText: /row|Running|Cancelled|Failed/ });

async function openWorkbench(page: Page, server: string): Promise<void> {
  await page.goto(`${server}/sql`);
  await editorOf(page).click();
}

/** In place of what is there; pasted, so that no list of completions comes between. */
async function write(page: Page, sql: string): Promise<void> {
  await editorOf(page).click();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.insertText(sql);
}

async function run(page: Page, sql: string): Promise<void> {
  await write(page, sql);
  await page.keyboard.press("ControlOrMeta+Enter");
}

let logged: Promise<void> | undefined;

/** Two models, three runs each, in a snapshot when it resolves; once for the tests of a worker, which share a server. */
function logRuns(server: string): Promise<void> {
  logged ??= logAndSnapshot(server);
  return logged;
}

async function logAndSnapshot(server: string): Promise<void> {
  const experiment = await createExperiment(server, "workbench");
  const steps = Array.from({ length: 20 }, (_, step) => step);
  for (const model of ["lgbm", "<b>xgb</b>"])
    for (let seed = 0; seed < 3; seed += 1)
      await logRun(server, experiment, {
        name: `${model}-${seed}`,
        params: { model },
        metrics: {
          "val/auc": steps.map((step) => 0.5 + step / 100 + seed / 1000),
          "val/audio_wer": steps.map((step) => 1 / (step + 1)),
        },
      });
  const made = await fetch(`${server}/api/snapshots`, { method: "POST" });
  expect(made.ok, await made.text()).toBe(true);
}

test("from the first keystroke to a chart: completion, rows, summaries, a chart", async ({
  page,
  server,
}) => {
  await logRuns(server);
  // Browsers have it on https and on localhost only, which a team's own server often is not.
  await page.addInitScript(() => Reflect.deleteProperty(Crypto.prototype, "randomUUID"));
  await openWorkbench(page, server);
  await write(page, "SELECT ");
  await editorOf(page).pressSequentially("* FROM metric_su");
  const list = page.locator(".cm-tooltip-autocomplete");
  // By hand: a key that comes in the very moment the list does is meant for the text.
  await list.getByRole("option", { name: /^metric_summary/ }).click();
  await expect(editorOf(page)).toContainText("FROM metric_summary");

  await write(
    page,
    "SELECT r.params['model'] AS model, max(m.max) AS auc\nFROM runs r JOIN metric_summary m USING (run_no)\nWHERE m.key = 'val/au",
  );
  await editorOf(page).pressSequentially("c");
  await expect(list).toContainText(/\d+ runs/);
  await list.getByRole("option", { name: /^val\/auc/ }).click();
  await page.keyboard.insertText("' GROUP BY ALL ORDER BY model");
  await page.keyboard.press("ControlOrMeta+Enter");

  await expect(statusOf(page)).toContainText(/2 rows · .* · snapshot #\d+/);
  const grid = gridOf(page);
  await expect(grid.getByRole("gridcell")).toHaveText(["<b>xgb</b>", "0.692", "lgbm", "0.692"]);
  await expect(grid.getByRole("columnheader", { name: /model/ })).toContainText("2 values");
  const chart = page.getByRole("region", { name: "Chart" });
  await expect(chart.getByRole("img", { name: "auc by model" })).toBeVisible();
  await expect(chart).toContainText("2 of 2 rows");
  await expect(chart.locator("canvas")).toBeVisible();
  // What somebody logged is text, never markup.
  expect(await page.locator("b", { hasText: "xgb" }).count()).toBe(0);
});

test("a mistake is shown where it is, and goes when it is mended", async ({ page, server }) => {
  await logRuns(server);
  await openWorkbench(page, server);
  await run(page, "SELECT run_id,\n  nonsense\nFROM runs");
  await expect(page.getByRole("alert").filter({ hasText: "line 2, column 3" })).toContainText("nonsense");
  await expect(page.locator(".cm-lintRange-error")).toHaveText("nonsense");
  await run(page, "SELECT run_id FROM runs");
  await expect(statusOf(page)).toContainText("rows");
  await expect(page.locator(".cm-lintRange-error")).toHaveCount(0);
  await run(page, "DROP TABLE runs");
  await expect(page.getByRole("alert").filter({ hasText: "cannot be answered" })).toContainText("SELECT");
});

test("a slow statement shows that it runs, is cancelled by Escape, and the next one is answered", async ({
  page,
  server,
}) => {
  await logRuns(server);
  await openWorkbench(page, server);
  await run(page, "SELECT sum(sqrt(a.i * b.i)) FROM range(10000000) a(i), range(10000000) b(i)");
  await expect(page.getByRole("progressbar", { name: "Progress of the statement" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(statusOf(page)).toContainText("Cancelled after");
  await run(page, "SELECT 42 AS answer");
  await expect(gridOf(page).getByRole("gridcell")).toHaveText(["42"]);
});

test("a million rows are within reach of the keys, and are sorted and counted here", async ({
  page,
  server,
}) => {
  await logRuns(server);
  await openWorkbench(page, server);
  await run(
    page,
    "SELECT i::INTEGER AS i, 'row ' || i AS name, (i % 7)::INTEGER AS d FROM range(1000000) t(i)",
  );
  await expect(statusOf(page)).toContainText("1,000,000 rows", { timeout: 60_000 });
  const grid = gridOf(page);
  await grid.focus();
  await page.keyboard.press("ControlOrMeta+End");
  await expect(grid.getByRole("gridcell", { name: "999999", exact: true })).toBeVisible();
  await page.keyboard.press("ControlOrMeta+Home");
  await expect(grid.getByRole("gridcell", { name: "row 0", exact: true })).toBeVisible();
  // Few rows are drawn, whatever there is.
  expect(await grid.getByRole("row").count()).toBeLessThan(60);
  await expect(grid.getByRole("columnheader", { name: /^d/ }).getByRole("img")).toHaveAttribute(
    "aria-label",
    "0 to 6",
    {
      timeout: 60_000,
    },
  );
  await grid.getByRole("button", { name: "i", exact: true }).click();
  await grid.getByRole("button", { name: "i", exact: true }).click();
  await expect(grid.getByRole("gridcell").first()).toHaveText("999999");
});

test("rows are there before the last has come, and cancelling keeps those that have", async ({
  page,
  server,
}) => {
  await logRuns(server);
  await openWorkbench(page, server);
  // A line on which all of them take half a minute.
  const network = await page.context().newCDPSession(page);
  const bytesPerSecond = 2_000_000;
  const slow = { offline: false, latency: 0, uploadThroughput: -1 };
  await network.send("Network.emulateNetworkConditions", { ...slow, downloadThroughput: bytesPerSecond });
  await run(page, "SELECT i::INTEGER AS i, md5(i::VARCHAR) AS text FROM range(1500000) t(i)");
  await expect(statusOf(page)).toContainText(/[\d,]+ rows so far/, { timeout: 60_000 });
  const grid = gridOf(page);
  await expect(grid).toHaveAttribute("aria-busy", "true");
  await expect(grid.getByRole("gridcell", { name: "0", exact: true })).toBeVisible();
  await grid.focus();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.press("Escape");
  await expect(statusOf(page)).toContainText(/Cancelled after .* the first [\d,]+ rows, not all there are/);
  await expect(grid).toHaveAttribute("aria-busy", "false");
  await page.keyboard.press("ControlOrMeta+Home");
  await expect(grid.getByRole("gridcell", { name: "0", exact: true })).toBeVisible();
  await network.send("Network.emulateNetworkConditions", { ...slow, downloadThroughput: -1 });
  await run(page, "SELECT 42 AS answer");
  await expect(gridOf(page).getByRole("gridcell")).toHaveText(["42"]);
});

test("a query with a parameter is saved, found again, passed on by a link, and not overwritten unseen", async ({
  page,
  server,
  context,
}) => {
  await logRuns(server);
  await openWorkbench(page, server);
  await run(page, "SELECT count(*) AS runs FROM params WHERE value = $model");
  await page.getByRole("textbox", { name: "Value of $model" }).fill("lgbm");
  await page.keyboard.press("Enter");
  await expect(gridOf(page).getByRole("gridcell")).toHaveText([/^\d+$/]);
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("menuitem", { name: "Save..." }).click();
  const dialog = page.getByRole("dialog", { name: "Save the query" });
  const name = `Runs of a model ${Date.now()}`;
  await dialog.getByRole("textbox", { name: "Name" }).fill(name);
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("button", { name, exact: true }).first()).toBeVisible();

  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByRole("button", { name: "Share" }).click();
  await expect(page.getByText("The link is on the clipboard", { exact: true })).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toContain(`${server}/sql?link=`);
  const other = await (await page.context().browser()?.newContext())?.newPage();
  if (!other) throw new Error("no browser");
  await other.goto(link);
  await expect(editorOf(other)).toContainText("WHERE value = $model");
  await expect(other.getByRole("textbox", { name: "Value of $model" })).toHaveValue("lgbm");

  // Changed there; here it is not known.
  await write(other, "SELECT 1 AS theirs");
  await other.getByRole("button", { name: "Save" }).click();
  await other.getByRole("menuitem", { name: "Save changes" }).click();
  await expect(other.getByText(`Saved as ${name}`, { exact: true })).toBeVisible();
  await write(page, "SELECT 2 AS ours");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("menuitem", { name: "Save changes" }).click();
  await expect(
    page.getByText("Nothing was saved. Somebody else changed this", { exact: true }),
  ).toBeVisible();
  await expect(editorOf(page)).toContainText("SELECT 2 AS ours");
  await other.context().close();

  // The tab, and what is in it, outlive a reload.
  await page.reload();
  await expect(editorOf(page)).toContainText("SELECT 2 AS ours");
});

test("what was asked is in the history, a plan can be looked at, a result saved as a file", async ({
  page,
  server,
}) => {
  await logRuns(server);
  await openWorkbench(page, server);
  await run(page, "SELECT 'kept in the history' AS words");
  await expect(gridOf(page).getByRole("gridcell")).toHaveText(["kept in the history"]);
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download" }).click();
  await page.getByRole("menuitem", { name: /CSV/ }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/\.csv$/);
  await page.getByRole("button", { name: "Plan" }).click();
  const plan = page.getByRole("dialog", { name: "How it would be run" });
  await expect(plan.getByRole("listitem").first()).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "History", exact: true }).click();
  const history = page.getByRole("dialog", { name: "History" });
  await expect(history.getByRole("listitem").first()).toContainText("kept in the history", {
    timeout: 10_000,
  });
  await history.getByRole("listitem").first().getByRole("button").click();
  await expect(editorOf(page)).toContainText("kept in the history");
});

test("at 390 px everything is there and nothing scrolls sideways", async ({ page, server }) => {
  await logRuns(server);
  await page.setViewportSize({ width: 390, height: 844 });
  await openWorkbench(page, server);
  await run(page, "SELECT key, max(max) AS best FROM metric_summary GROUP BY key ORDER BY key");
  await expect(gridOf(page)).toBeVisible();
  await page.getByRole("button", { name: "Tables" }).click();
  const tables = page.getByRole("dialog", { name: "Tables and queries" });
  await expect(tables.getByRole("button", { name: "metric_points", exact: true })).toBeVisible();
  await page.keyboard.press("Escape");
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBeLessThanOrEqual(0);
});
