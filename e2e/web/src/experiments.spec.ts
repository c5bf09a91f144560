import { expect } from "@playwright/test";
import { createExperiment, logRun } from "./rest-client.ts";
import { test } from "./server-fixture.ts";

test("an experiment is made, described, tagged, renamed, deleted and brought back", async ({
  page,
  server,
}) => {
  await page.goto(`${server}/experiments`);
  await page.getByRole("button", { name: "New experiment" }).click();
  const name = page.getByRole("textbox", { name: "Name" });
  await name.fill("Default");
  await page.getByRole("button", { name: "Create" }).click();
  await expect(page.getByRole("alert"), "a name that is taken is refused where it was typed").toBeVisible();
  await name.fill("made-by-hand");
  await page.getByRole("button", { name: "Create" }).click();
  await expect(page.getByRole("heading", { name: "made-by-hand" })).toBeVisible();
  await expect(page.getByText('mlflow.set_experiment("made-by-hand")')).toBeVisible();

  const menu = page.getByRole("button", { name: /^Actions for/ });
  const describe = page.getByRole("menuitem", { name: "Edit description" });
  await menu.click();
  await describe.click();
  await expect(page.getByRole("textbox", { name: /Markdown/ })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(menu, "focus returns where it was").toBeFocused();
  await menu.click();
  await describe.click();
  await page
    .getByRole("textbox", { name: /Markdown/ })
    .fill("# What it is\n\nSome **bold** words <script>1</script>");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("What it is"), "folded, the first line stands for it").toBeVisible();
  await page.getByRole("button", { name: "More" }).click();
  await expect(page.getByRole("heading", { name: "What it is" })).toBeVisible();
  await expect(page.getByText("bold", { exact: true })).toBeVisible();

  await menu.click();
  await page.getByRole("menuitem", { name: "Edit tags" }).click();
  await page.getByRole("textbox", { name: "Tag" }).fill("team");
  await page.getByRole("textbox", { name: "Value" }).fill("vision");
  await page.getByRole("button", { name: "Set" }).click();
  await expect(page.getByRole("button", { name: "Remove tag team" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByText("team: vision")).toBeVisible();

  await menu.click();
  const rename = page.getByRole("menuitem", { name: "Rename" });
  // Its height in the layout: the menu grows a little while it appears.
  const height = await rename.evaluate((item) => (item as unknown as { offsetHeight: number }).offsetHeight);
  expect(height, "high enough to hit").toBeGreaterThanOrEqual(28);
  await rename.click();
  await page.getByRole("button", { name: "Close" }).focus();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog"), "one Escape closes it from anywhere in it").toHaveCount(0);
  await expect(menu).toBeFocused();
  await menu.click();
  await rename.click();
  await page.getByRole("textbox", { name: "Name" }).fill("renamed-by-hand");
  await page.getByRole("button", { name: "Rename" }).click();
  await expect(page.getByRole("heading", { name: "renamed-by-hand" })).toBeVisible();

  await page.goto(`${server}/experiments?q=renamed`);
  const row = page.getByRole("link", { name: "renamed-by-hand" });
  await expect(row).toBeVisible();
  await page.getByRole("button", { name: "Actions for renamed-by-hand" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await expect(row).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(row).toBeVisible();
  await page.getByRole("button", { name: "Actions for renamed-by-hand" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await page.getByRole("radio", { name: "Deleted" }).click();
  await expect(page).toHaveURL(/view=deleted/);
  await page.getByRole("button", { name: "Actions for renamed-by-hand" }).click();
  await page.getByRole("menuitem", { name: "Restore" }).click();
  await expect(row).toHaveCount(0);
});

test("runs are walked, chosen, deleted and restored by keyboard; new ones come by themselves", async ({
  page,
  server,
}) => {
  const experiment = await createExperiment(server, "by-keyboard");
  const train = Array.from({ length: 30 }, (_, step) => 1 / (step + 1));
  for (const name of ["first", "second", "third"])
    await logRun(server, experiment, { name, metrics: { "val/loss": [0.5], "train/loss": train } });
  await page.goto(`${server}/experiments?q=by-keyboard`);
  await page.getByRole("link", { name: "by-keyboard" }).click();
  await expect(page.getByRole("link", { name: "third" })).toBeVisible();
  await logRun(server, experiment, { name: "fourth", metrics: { "val/loss": [0.25] } });
  await expect(page.getByRole("link", { name: "fourth" })).toBeVisible();

  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await expect(page.getByText("2 selected").first()).toBeVisible();
  await expect(page.getByRole("link", { name: "third" })).toBeFocused();
  await page.reload();
  await expect(
    page.getByRole("checkbox", { name: "Select third" }),
    "the selection is in the address",
  ).toBeChecked();
  await page.getByRole("button", { name: "Delete" }).click();
  await expect(page.getByRole("link", { name: "third" })).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("link", { name: "third" })).toBeVisible();

  await page.getByRole("button", { name: "val/loss", exact: true }).click();
  await expect(page.getByRole("columnheader", { name: "val/loss" })).toHaveAttribute(
    "aria-sort",
    "descending",
  );
  await page.getByRole("button", { name: "val/loss", exact: true }).click();
  await expect(page.getByRole("row").nth(1)).toContainText("fourth");
  await page.keyboard.press("/");
  await page.keyboard.type("metrics.`val/loss` > 0.3");
  await page.keyboard.press("Enter");
  await expect(page.getByText("3 match")).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("link", { name: "fourth" })).toBeVisible();
});

test("a table of a hundred columns is asked for and drawn", async ({ page, server }) => {
  const tags = Array.from({ length: 100 }, (_, index) => `tags.a_tag_with_a_rather_long_name_${index}`);
  await logRun(server, await createExperiment(server, "wide"), {
    name: "wide-run",
    tags: { a_tag_with_a_rather_long_name_99: "the last one" },
  });
  await page.goto(`${server}/experiments?q=wide`);
  await page.getByRole("link", { name: "wide", exact: true }).click();
  await expect(page.getByRole("link", { name: "wide-run" })).toBeVisible();
  await page.goto(`${page.url()}?columns=${tags.join(",")}`);
  await expect(page.getByRole("link", { name: "wide-run" })).toBeVisible();
  await expect(page.getByRole("cell", { name: "the last one" })).toBeAttached();
});

test("what is not there is said with the request's id, and leads somewhere", async ({ page, server }) => {
  for (const path of ["/runs/none", "/experiments/999999", "/logged-models/none"]) {
    await page.goto(server + path);
    const alert = page.getByRole("alert").filter({ hasText: "request" });
    await expect(alert, path).toBeVisible();
    await expect(alert.getByRole("link", { name: "All experiments" })).toBeVisible();
  }
});
