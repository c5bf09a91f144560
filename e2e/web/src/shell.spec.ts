import { expect, type Page } from "@playwright/test";
import { createExperiment, post, startRun } from "./rest-client.ts";
import { test } from "./server-fixture.ts";

const palette = (page: Page) => page.getByRole("dialog", { name: /search or run a command/i });
const themeOf = (page: Page) => page.locator("html").getAttribute("data-theme");

test("an empty home teaches: the snippet is copied as it stands, the demo project fills the page in place", async ({
  page,
  context,
  freshServer,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(freshServer);
  await page.getByRole("button", { name: "Copy Python" }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied.split("\n")).toHaveLength(3);
  expect(copied).toContain(`mlflow.set_tracking_uri("${freshServer}")`);

  await page.getByRole("button", { name: /demo project/i }).click();
  await expect(page.getByRole("progressbar", { name: /demo project/i })).toBeVisible();
  await expect(page.getByText(/\d+ of \d{3}/)).toBeVisible();
  const recent = page.getByRole("region", { name: "Recent runs" });
  await expect(recent.getByRole("link").first()).toBeVisible({ timeout: 60_000 });
  const experiments = page.getByRole("region", { name: "Recent experiments" });
  for (const name of ["leaf-resnet", "fraud-gbm"]) await expect(experiments).toContainText(name);
  expect(new URL(page.url()).pathname).toBe("/");
});

test("home is live: a run appears when it starts and leaves the running ones when it ends", async ({
  page,
  server,
}) => {
  const experiment = await createExperiment(server, "live-home");
  await startRun(server, experiment, "before");
  await page.goto(server);
  const running = page.getByRole("region", { name: "Running now" });
  await expect(running.getByRole("link", { name: "before" })).toBeVisible();
  const run = await startRun(server, experiment, "just-started");
  await expect(running.getByRole("link", { name: "just-started" })).toBeVisible();
  await post(server, "runs/update", { run_id: run, status: "FAILED", end_time: Date.now() });
  await expect(running.getByRole("link", { name: "just-started" })).toHaveCount(0);
  const row = page
    .getByRole("region", { name: "Recent runs" })
    .getByRole("row")
    .filter({ hasText: "just-started" });
  await expect(row).toContainText("failed");
});

test("the palette finds experiments and runs, creates one, and goes between the zones, by keyboard only", async ({
  page,
  server,
}) => {
  const experiment = await createExperiment(server, "palette-target");
  const run = await startRun(server, experiment, "wry-ibis-24");
  await page.goto(server);
  await expect(page.getByRole("banner")).toBeVisible();

  await page.keyboard.press("Control+k");
  await expect(palette(page).getByRole("combobox")).toBeFocused();
  await page.keyboard.type("palette-TAR");
  await expect(palette(page).getByRole("option", { name: /palette-target/ })).toHaveAttribute(
    "aria-selected",
    "true",
  );
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`${server}/experiments/${experiment}`);
  await expect(page.getByRole("heading", { name: "palette-target" })).toBeVisible();

  await page.keyboard.press("Control+k");
  await page.keyboard.type("ibis-24");
  await expect(palette(page).getByRole("option", { name: /wry-ibis-24/ })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`${server}/runs/${run}`);

  await page.keyboard.press("Control+k");
  await page.keyboard.type(run);
  await expect(palette(page).getByRole("option", { name: /wry-ibis-24/ })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(palette(page)).toHaveCount(0);

  await page.keyboard.press("Control+k");
  await page.keyboard.type("new exp");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "New experiment" }).getByRole("textbox")).toBeFocused();
  await page.keyboard.type("palette-target");
  await page.keyboard.press("Enter");
  await expect(page.getByText(/already exists/i)).toBeVisible();
  await page.keyboard.type("-2");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "palette-target-2" })).toBeVisible();

  await page.keyboard.press("Control+k");
  await page.keyboard.type("home");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`${server}/`);
});

test("a chosen theme holds over reloads and both zones, and no page begins in the other one", async ({
  page,
  server,
}) => {
  await page.emulateMedia({ colorScheme: "light" });
  await page.addInitScript(() => {
    document.addEventListener("DOMContentLoaded", () => {
      const root = document.documentElement;
      root.setAttribute("data-at-first", root.getAttribute("data-theme") ?? "none");
    });
  });
  await page.goto(server);
  await expect(page.getByRole("banner")).toBeVisible();
  expect(await themeOf(page)).toBe("light");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("dark");
  await page.keyboard.press("Enter");
  await expect.poll(() => themeOf(page)).toBe("dark");
  for (const path of ["/", "/experiments"]) {
    await page.goto(server + path);
    await expect(page.locator("html")).toHaveAttribute("data-at-first", "dark");
  }
  await page.keyboard.press("Control+k");
  await page.keyboard.type("theme system");
  await page.keyboard.press("Enter");
  await expect.poll(() => themeOf(page)).toBe("light");
  await page.emulateMedia({ colorScheme: "dark" });
  await expect.poll(() => themeOf(page), "the system's choice is followed at once").toBe("dark");
});

test("? shows the keys of the page, j walks through the runs, and neither acts while somebody types", async ({
  page,
  server,
}) => {
  const experiment = await createExperiment(server, "keys");
  await startRun(server, experiment, "first-by-key");
  await page.goto(server);
  const first = page.getByRole("region", { name: "Running now" }).getByRole("link").first();
  await expect(first).toBeVisible();
  await page.keyboard.press("j");
  await expect(first).toBeFocused();

  const help = page.getByRole("dialog", { name: "Keyboard" });
  await page.keyboard.press("?");
  await expect(help.getByRole("region", { name: "On this page" })).toContainText("Next run");
  await expect(help.getByRole("region", { name: "Everywhere" })).toContainText("Ctrl K");
  await page.keyboard.press("Escape");
  await expect(help).toHaveCount(0);
  await expect(first, "focus returns where it was").toBeFocused();

  await page.keyboard.press("Control+k");
  await page.keyboard.type("keyboard help");
  await page.keyboard.press("Enter");
  await expect(help).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(first, "also when one dialog opened another").toBeFocused();

  await page.keyboard.press("Control+k");
  await page.keyboard.type("?j");
  await expect(palette(page).getByRole("combobox")).toHaveValue("?j");
  await expect(help).toHaveCount(0);
});

test("pages say when the server is away, keep what they show, and recover by themselves", async ({
  page,
  context,
  server,
}) => {
  const experiment = await createExperiment(server, "outage");
  await startRun(server, experiment, "seen-before");
  await page.goto(server);
  const seen = page.getByRole("link", { name: "seen-before" }).first();
  await expect(seen).toBeVisible();
  await context.setOffline(true);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("seen");
  await expect(page.getByText(/server does not answer/i)).toBeVisible({ timeout: 30_000 });
  await page.keyboard.press("Escape");
  await expect(seen).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByText(/server is back/i)).toBeVisible({ timeout: 30_000 });
  await startRun(server, experiment, "after-the-outage");
  await expect(page.getByRole("link", { name: "after-the-outage" }).first()).toBeVisible();
});
