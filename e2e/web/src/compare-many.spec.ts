import { expect, type Locator } from "@playwright/test";
import { type OpenServer, test } from "./server-fixture.ts";

const runs = 20_000;

/** As many runs as are drawn, of two params and a loss that is no number for one run in a thousand. */
async function insertRuns({ url, database }: OpenServer): Promise<string> {
  const made = await fetch(`${url}/api/2.0/mlflow/experiments/create`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name: "twenty thousand" }),
  });
  const { experiment_id } = (await made.json()) as { experiment_id: string };
  await database.query(
    `INSERT INTO tracking.run (run_id, workspace, experiment_id, run_name, user_id, status, start_time, artifact_uri, lifecycle_stage)
     SELECT md5(i::text), 'default', $1::bigint, 'run-' || i, 'ada', 'FINISHED', 1700000000000 + i, 'a', 'active'
     FROM generate_series(0, $2::int - 1) i`,
    [experiment_id, runs],
  );
  const numbered = "(SELECT run_no, substr(run_name, 5)::int AS i FROM tracking.run) r";
  await database.query(
    `INSERT INTO tracking.run_param
     SELECT run_no, key, CASE key WHEN 'depth' THEN (i % 8)::text ELSE (i % 97 / 1000.0)::text END
     FROM ${numbered}, (VALUES ('depth'), ('lr')) p(key)`,
  );
  await database.query("INSERT INTO tracking.metric_key (key) VALUES ('loss')");
  await database.query(
    `INSERT INTO tracking.metric_series
     SELECT run_no, key_id, 1, (i % 1000 = 0)::int, loss, loss, loss, 1, 1, 1, 1700000000000, loss, 1, 1700000000000, loss
     FROM (SELECT run_no, i, CASE WHEN i % 1000 = 0 THEN 'NaN'::float8 ELSE i % 8 + i % 97 / 50.0 END AS loss FROM ${numbered}) v,
       tracking.metric_key WHERE key = 'loss'`,
  );
  return experiment_id;
}

/** Points of the picture that a line goes through. */
function drawnPoints(plot: Locator): Promise<number> {
  return plot.evaluate((canvas: HTMLCanvasElement) => {
    if (canvas.width === 0) return 0;
    const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
    let drawn = 0;
    for (let at = 3; at < data.length; at += 4) if ((data[at] as number) > 0) drawn += 1;
    return drawn;
  });
}

test("20,000 runs are lines, are told apart by a brush, and fit a narrow and a dark page", async ({
  page,
  openServer,
}, testInfo) => {
  test.setTimeout(240_000);
  const experiment = await insertRuns(openServer);
  const keep = (name: string) => page.screenshot({ path: testInfo.outputPath(`${name}.png`) });
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto(`${openServer.url}/compare?experiments=${experiment}&tab=parallel`);
  const plot = page.getByRole("img", { name: /runs across/ });
  await expect(plot).toHaveAccessibleName("20,000 runs across depth, lr, loss", { timeout: 60_000 });
  await expect.poll(() => drawnPoints(plot), { timeout: 60_000 }).toBeGreaterThan(50_000);
  await keep("light");

  const whole = await drawnPoints(plot);
  await page.getByRole("button", { name: "depth", exact: true }).click();
  const from = page.getByRole("dialog", { name: "Axis depth" }).getByRole("textbox", { name: "depth from" });
  await from.fill("7");
  await from.press("Enter");
  await page.keyboard.press("Escape");
  // One in eight.
  await expect(plot).toHaveAccessibleName(/^2,500 runs/);
  await expect(page.getByText("2,500 of 20,000 runs left")).toBeVisible();
  await expect.poll(() => drawnPoints(plot), { timeout: 60_000 }).toBeLessThan(whole / 2);
  await keep("brushed");

  await page.emulateMedia({ colorScheme: "dark" });
  await expect.poll(() => drawnPoints(plot), { timeout: 60_000 }).toBeGreaterThan(10_000);
  await keep("dark");
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(plot).toHaveAccessibleName(/^2,500 runs/);
  await expect.poll(() => drawnPoints(plot), { timeout: 60_000 }).toBeGreaterThan(5_000);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await keep("narrow");
});
