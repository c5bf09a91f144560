import { expect, type Page } from "@playwright/test";
import { test } from "./server-fixture.ts";

const luminance = (page: Page) =>
  page.evaluate(() => {
    const [r = 0, g = 0, b = 0] = getComputedStyle(document.body)
      .backgroundColor.match(/\d+(\.\d+)?/g)!
      .map(Number);
    return (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255;
  });

test("pages follow the system's colour scheme, and the reader's own choice over it", async ({
  page,
  server,
}) => {
  await page.emulateMedia({ colorScheme: "dark" });
  for (const path of ["/", "/experiments"]) {
    await page.goto(server + path);
    await expect(page.getByRole("banner")).toBeVisible();
    expect(await luminance(page), path).toBeLessThan(0.2);
  }
  await page.getByRole("button", { name: /theme/i }).click();
  await page.getByRole("menuitemradio", { name: /light/i }).click();
  await expect.poll(() => luminance(page)).toBeGreaterThan(0.8);
  await page.goto(`${server}/`);
  await expect(page.getByRole("banner")).toBeVisible();
  expect(await luminance(page), "the choice holds in every zone").toBeGreaterThan(0.8);
});

test("nothing needs sideways scrolling at 390 px", async ({ page, server }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const noHit = `/experiments/0?filter=${encodeURIComponent("metrics.nobody_logs_this > 3")}`;
  for (const path of ["/", "/experiments", "/experiments/0", noHit, "/nowhere", "/runs/none"]) {
    await page.goto(server + path);
    await expect(page.getByRole("heading").first()).toBeVisible();
    if (path === noHit) await expect(page.getByRole("heading", { name: /no run matches/i })).toBeVisible();
    const overflow = await page.evaluate(() => {
      // What a box of the page cuts off is as lost as what the window cuts off.
      const boxes = [document.documentElement, ...document.querySelectorAll("main, main > *")];
      return Math.max(...boxes.map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth));
    });
    expect(overflow, path).toBeLessThanOrEqual(0);
  }
});
