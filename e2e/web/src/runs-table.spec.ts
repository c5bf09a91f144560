import { expect } from "@playwright/test";
import { loadManyRuns } from "@runweir/seed";
import { test } from "./server-fixture.ts";

test("ten thousand runs: counted, scrolled, filtered, sorted, selected", async ({ page, server }) => {
  test.setTimeout(400_000);
  const experiment = await loadManyRuns(server, 10_000);
  await page.goto(`${server}/experiments/${experiment}`);
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
