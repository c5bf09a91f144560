import { expect } from "@playwright/test";
import { test } from "./server-fixture.ts";

/** An export is entered into the log, with the words it looked for. */
async function enter(server: string, words: string): Promise<void> {
  const answer = await fetch(`${server}/api/audit.ndjson?text=${words}`);
  expect(answer.status).toBe(200);
  await answer.text();
}

test("the audit log is searched, read by keyboard, verified, and sent to a colleague by its address", async ({
  page,
  server,
}) => {
  await enter(server, "firstmark");
  await enter(server, "secondmark");
  await page.goto(`${server}/settings/audit`);
  const rows = page.locator("[data-row]");
  await expect(rows.first()).toContainText("audit.export");

  await page.keyboard.press("/");
  await page.keyboard.type("firstma");
  await expect(rows).toHaveCount(1);
  await expect(page).toHaveURL(/q=firstma/);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await expect(rows.nth(1)).toBeVisible();

  await page.getByRole("combobox", { name: "Action" }).click();
  await page.getByRole("option", { name: "audit.export" }).click();
  await expect(page).toHaveURL(/action=audit\.export/);
  await expect(page.getByRole("link", { name: "Export" })).toHaveAttribute(
    "href",
    "/api/audit.ndjson?action=audit.export",
  );
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  const changes = page.getByRole("table", { name: "What changed" });
  await expect(changes.getByRole("row", { name: /^text/ })).toContainText("secondmark");
  await expect(page).toHaveURL(/entry=\d+/);
  const address = page.url();

  await page.getByRole("button", { name: "Verify" }).click();
  await expect(page.getByRole("status").getByText(/^Verified up to entry \d/)).toBeVisible();

  await page.goto(address);
  await expect(changes, "a colleague sees the same").toContainText("secondmark");
  await page.getByRole("button", { name: "Clear filters" }).click();
  await page.getByRole("textbox", { name: "Search entries" }).fill("nobodyhasthis");
  await expect(page.getByRole("heading", { name: "No entry matches" })).toBeVisible();
});
