import { expect } from "@playwright/test";
import { test } from "./server-fixture.ts";

test("a group is made, found by search, kept when asked twice, and deleted", async ({ page, server }) => {
  await page.goto(`${server}/settings/groups`);
  await expect(page.getByText("Nobody signs in here")).toBeVisible();
  await page.getByRole("button", { name: "Make a group" }).click();
  const form = page.getByRole("dialog", { name: "Make a group" });
  await form.getByLabel("Name").fill("ops");
  await form.getByRole("button", { name: "Make a group" }).click();
  await expect(page.getByRole("cell", { name: "ops", exact: true })).toBeVisible();

  await page.getByRole("button", { name: "Make a group" }).click();
  await form.getByLabel("Name").fill("ops");
  await form.getByRole("button", { name: "Make a group" }).click();
  await expect(form.getByText("There is a group of the name 'ops' already.")).toBeVisible();
  await page.keyboard.press("Escape");
  // A closing dialog gives the focus back to its button: keys typed before that would press it.
  await expect(page.getByRole("button", { name: "Make a group" })).toBeFocused();

  await page.keyboard.press("/");
  await page.keyboard.type("nothing like it");
  await expect(page.getByText("No groups match")).toBeVisible();
  await page.getByRole("button", { name: "Clear the search" }).click();
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("No groups yet")).toBeVisible();
});
