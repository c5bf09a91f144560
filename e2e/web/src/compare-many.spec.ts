import { expect, type Locator } from "@playwright/test";
import { insertRuns } from "./insert-runs.ts";
import { test } from "./server-fixture.ts";

const runs = 20_000;

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
  const experiment = await insertRuns(openServer, {
    experiment: "twenty thousand",
    runs,
    params: { depth: "i % 8", lr: "i % 97 / 1000.0::float8" },
    // No number for one run in a thousand.
    metrics: { loss: "CASE WHEN i % 1000 = 0 THEN 'NaN'::float8 ELSE i % 8 + i % 97 / 50.0 END" },
  });
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
