import { expect, type Page } from "@playwright/test";
import { createExperiment, logRun } from "./rest-client.ts";
import { test } from "./server-fixture.ts";

/** 24 runs whose loss hangs on the optimizer, a little on lr, and not on the seed; one value of each sgd run is NaN. */
async function logSweep(server: string, name: string): Promise<string> {
  const experiment = await createExperiment(server, name);
  for (let i = 0; i < 24; i += 1) {
    const sgd = i % 2 === 1;
    const loss = [0, 1, 2].map((step) => (sgd && step === 1 ? Number.NaN : step + i + (sgd ? 100 : 0)));
    await logRun(server, experiment, {
      name: `run-${String(i).padStart(2, "0")}`,
      params: { optimizer: sgd ? "sgd" : "adam", lr: ((i % 4) + 1) / 10, seed: (i * 7) % 24 },
      metrics: { loss },
    });
  }
  return experiment;
}

const tab = (page: Page, name: string) => page.getByRole("tab", { name });

test("two runs chosen in the table stand side by side; Back leads to the table", async ({ page, server }) => {
  const experiment = await logSweep(server, "compare two");
  await page.goto(`${server}/experiments/${experiment}`);
  for (const name of ["run-03", "run-04"])
    await page
      .getByRole("checkbox", { name: new RegExp(name) })
      .first()
      .check();
  await page.getByRole("link", { name: "Compare 2" }).click();
  await expect(page).toHaveURL(/\/compare\?/);
  const table = page.getByRole("tabpanel", { name: "Table" });
  await expect(table.getByRole("row", { name: /optimizer/ })).toContainText(/adam.*sgd|sgd.*adam/);
  await expect(table.getByRole("row", { name: /^loss/ })).toContainText("105");
  await page.goBack();
  await expect(page).toHaveURL(new RegExp(`/experiments/${experiment}`));
});

test("curves of groups are the statistics of all their runs", async ({ page, server }) => {
  const experiment = await logSweep(server, "compare curves");
  await page.goto(`${server}/compare?experiments=${experiment}&tab=curves`);
  await page.getByRole("button", { name: "Group by: nothing" }).click();
  await page.getByRole("dialog").getByText("optimizer", { exact: true }).click();
  await expect(page.getByRole("list", { name: "Groups" })).toContainText(/adam\s*12.*sgd\s*12/);
  await page.getByRole("button", { name: "Actions for loss" }).click();
  await page.getByRole("menuitem", { name: "Show as table" }).click();
  const rows = page.getByRole("table", { name: "loss" }).getByRole("row");
  // adam: 0, 2, ... 22 at step 0: mean 11, deviation sqrt(52); sgd has nothing but NaN at step 1.
  await expect(rows.nth(1)).toHaveText(/adam0.*3\.78.*18\.2.*11.*12.*0$/);
  await expect(rows.filter({ hasText: /^sgd1/ })).toHaveText(/12$/);
  await expect(rows.filter({ hasText: /^sgd2/ })).toHaveText(/114.*12.*0$/);
});

test("a brush along an axis leaves the runs that fit it, to be kept", async ({ page, server }) => {
  const experiment = await logSweep(server, "compare parallel");
  await page.goto(`${server}/compare?experiments=${experiment}&tab=parallel`);
  const axis = page.locator('[data-axis="loss"]');
  await expect(axis).toBeVisible();
  const left = page.getByRole("region", { name: "Runs left" });
  await expect(left.getByRole("link")).toHaveCount(24);
  const box = await axis.boundingBox();
  if (!box) throw new Error("The axis has no place.");
  const x = box.x + box.width / 2;
  // The upper half is sgd's: a hundred more.
  await page.mouse.move(x, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(x, box.y + 40, { steps: 5 });
  await page.mouse.move(x, box.y + 2, { steps: 5 });
  await page.mouse.up();
  await expect(left.getByRole("link")).toHaveCount(12);
  await expect(left.getByRole("link").first()).toHaveText(/run-\d[13579]/);
  await page.getByRole("button", { name: "Keep these runs" }).click();
  await expect(page.getByText("12 runs").first()).toBeVisible();
});

test("metrics are shown against a baseline, which the address keeps", async ({ page, server }) => {
  const experiment = await logSweep(server, "compare baseline");
  await page.goto(`${server}/compare?experiments=${experiment}`);
  const loss = page
    .getByRole("region", { name: "Runs side by side" })
    .getByRole("row", { name: /^loss/ })
    .getByRole("cell");
  // Started last comes first: run-23 (sgd) has 125, run-22 (adam) 24, run-20 22.
  await page.getByRole("combobox", { name: "Baseline" }).click();
  await page.getByRole("option", { name: "run-22" }).click();
  await expect(page.getByRole("columnheader", { name: /run-22/ })).toContainText("baseline");
  await expect(loss.nth(0)).toHaveText(/^\+101 \+421 %.*125$/);
  await expect(loss.nth(1)).toHaveText("24");
  await expect(loss.nth(3)).toHaveText(/^−2 −8\.33 %.*22$/);
  await page.reload();
  await expect(loss.nth(3)).toContainText("−8.33 %");
  await page.getByRole("combobox", { name: "Baseline" }).click();
  await page.getByRole("option", { name: "none" }).click();
  await expect(loss.nth(3)).toHaveText("22");
});

test("an axis is moved, bounded and removed from its menu; the run under the pointer says its values", async ({
  page,
  server,
}) => {
  const experiment = await logSweep(server, "compare axes");
  await page.goto(`${server}/compare?experiments=${experiment}&tab=parallel`);
  const plot = page.getByRole("img", { name: /^\d+ runs across/ });
  const axisButton = (name: string) => page.getByRole("button", { name, exact: true });
  const menuOf = (name: string) => page.getByRole("dialog", { name: `Axis ${name}` });
  await expect(plot).toHaveAccessibleName("24 runs across lr, optimizer, seed, loss");
  await axisButton("optimizer").click();
  await menuOf("optimizer").getByRole("checkbox", { name: "adam" }).check();
  await expect(plot).toHaveAccessibleName(/^12 runs/);
  await menuOf("optimizer").getByRole("button", { name: "Left" }).click();
  await expect(plot).toHaveAccessibleName("12 runs across optimizer, lr, seed, loss");
  await page.keyboard.press("Escape");
  await axisButton("lr").click();
  await menuOf("lr").getByRole("textbox", { name: "lr from" }).fill("0.25");
  await menuOf("lr").getByRole("textbox", { name: "lr from" }).press("Enter");
  // adam has lr 0.1 and 0.3, by turns.
  await expect(plot).toHaveAccessibleName(/^6 runs/);
  await menuOf("lr").getByRole("button", { name: "Remove" }).click();
  await expect(plot).toHaveAccessibleName("12 runs across optimizer, seed, loss");
  const box = await plot.boundingBox();
  if (!box) throw new Error("The plot has no place.");
  // Close to the first axis, where the lines of each optimizer come together.
  await page.mouse.move(box.x + 72, box.y + 94);
  await expect(plot.locator("xpath=..").getByText(/^run-\d[02468]$/)).toBeVisible();
});

test("brushes that leave more than a hundred runs are kept as a filter", async ({ page, server }) => {
  const experiment = await createExperiment(server, "compare many");
  for (let i = 0; i < 150; i += 1)
    await logRun(server, experiment, {
      name: `run-${String(i).padStart(3, "0")}`,
      params: { depth: i % 5, model: ["xgb", "it's", "mlp"][i % 3] as string },
      metrics: { loss: [i] },
    });
  const brushes = [
    ["params.depth", 1, 4],
    ["params.model", ["xgb", "it's", "mlp"]],
  ];
  await page.goto(
    `${server}/compare?experiments=${experiment}&tab=parallel&brush=${encodeURIComponent(JSON.stringify(brushes))}`,
  );
  await expect(page.getByText("120 of 150 runs left")).toBeVisible();
  await page.getByRole("button", { name: "Keep these runs" }).click();
  await expect(page.getByText("120 runs").first()).toBeVisible();
  await expect(page.getByRole("textbox", { name: /filter/i })).toHaveValue(
    /^params\.depth MATCHES '\^\([1-4|]+\)\$' and params\.model MATCHES '.*it''s.*'$/,
  );
});

test("the param that matters is found, and shown against the target", async ({ page, server }) => {
  const experiment = await logSweep(server, "compare importance");
  await page.goto(`${server}/compare?experiments=${experiment}&tab=importance`);
  const params = page.getByRole("table", { name: "Params" }).or(page.getByLabel("Params"));
  await expect(params.getByRole("row").nth(1)).toContainText(/optimizer/);
  await expect(page.getByText(/out-of-bag R² 0\.[89]/)).toBeVisible();
  await expect(page.getByText("loss by optimizer")).toBeVisible();
});

test("a filter that cannot be read is told of in place; on a narrow screen nothing lies beside the page", async ({
  page,
  server,
}) => {
  const experiment = await logSweep(server, "compare narrow");
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${server}/compare?experiments=${experiment}&filter=metrics.loss+%3E`);
  await expect(page.getByRole("alert").first()).toBeVisible();
  const filter = page.getByRole("textbox", { name: /filter/i });
  await filter.fill("params.optimizer = 'sgd'");
  await filter.press("Enter");
  await expect(page.getByText("12 runs").first()).toBeVisible();
  for (const name of ["Table", "Curves", "Parallel", "Importance"]) {
    await tab(page, name).click();
    await expect(page.getByRole("tabpanel", { name })).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  }
  await tab(page, "Curves").click();
  const plot = page.getByRole("tabpanel", { name: "Curves" }).locator("canvas").first();
  const box = await plot.boundingBox();
  if (!box) throw new Error("The plot has no place.");
  const card = page.getByText(/^step \d+$/).locator("xpath=..");
  for (const share of [0.4, 0.6, 0.9]) {
    await expect(async () => {
      // It may not have been drawn yet.
      await page.mouse.move(box.x + share * box.width - 1, box.y + box.height / 2);
      await page.mouse.move(box.x + share * box.width, box.y + box.height / 2);
      await expect(card).toBeVisible({ timeout: 500 });
    }).toPass();
    const place = await card.boundingBox();
    expect(place?.x).toBeGreaterThanOrEqual(0);
    expect((place?.x ?? 0) + (place?.width ?? 0)).toBeLessThanOrEqual(390);
  }
});
