import { expect } from "@playwright/test";
import { insertRuns } from "./insert-runs.ts";
import { test } from "./server-fixture.ts";

test("ten thousand runs: counted, scrolled, filtered, sorted, selected", async ({ page, openServer }) => {
  test.setTimeout(240_000);
  const columns = Array.from({ length: 20 }, (_, k) => k);
  const experiment = await insertRuns(openServer, {
    experiment: "ten thousand",
    runs: 10_000,
    params: Object.fromEntries(columns.map((k) => [`param_${k}`, `(i * 7919 + ${k}) % 10`])),
    metrics: Object.fromEntries(
      columns.map((k) => [`metric_${k}`, `(i * 7919 + ${k} * 104729) % 99991 / 99991.0`]),
    ),
  });
  await page.goto(`${openServer.url}/experiments/${experiment}`);
  await expect(page.getByText(/10,000/).first()).toBeVisible();
  const rows = page.getByRole("row");
  await expect(rows.nth(5)).toBeVisible();
  expect(await rows.count(), "rows in the page are only those near the screen").toBeLessThan(150);
  await expect(page.getByRole("link", { name: "run-09999" })).toBeVisible();

  await page.getByRole("link", { name: "run-09999" }).hover();
  await page.mouse.wheel(0, 32 * 900);
  await expect(page.getByRole("link", { name: /^run-09[01]\d\d$/ }).first()).toBeVisible();

  const filter = page.getByRole("textbox", { name: /filter/i });
  await filter.fill("metrics.metric_0 > 0.999");
  await filter.press("Enter");
  await expect(page.getByRole("link", { name: "run-09999" })).toHaveCount(0);
  await expect(page).toHaveURL(/filter=/);
  await filter.fill("metrics.metric_0 >");
  await filter.press("Enter");
  await expect(page.getByRole("alert").first()).toBeVisible();

  await filter.fill("attributes.run_name = 'run-00042'");
  await filter.press("Enter");
  await expect(page.getByRole("link", { name: "run-00042" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("link", { name: "run-00042" }), "the address is the state").toBeVisible();
  await page
    .getByRole("checkbox", { name: /run-00042/ })
    .first()
    .check();
  await expect(page.getByText("1 selected").first()).toBeVisible();
});
