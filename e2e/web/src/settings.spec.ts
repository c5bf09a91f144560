import { expect, type Locator, type Page } from "@playwright/test";
import { test } from "./server-fixture.ts";

const password = "correct horse battery";

async function becomeAdministrator(page: Page, welcome: string): Promise<void> {
  await page.goto(welcome);
  await page.getByLabel("User name", { exact: true }).fill("ann");
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Create the administrator" }).click();
  await expect(page.getByRole("button", { name: "ann" })).toBeVisible();
}

async function press(page: Page, name: string, within: Page | Locator = page): Promise<void> {
  await within.getByRole("button", { name, exact: true }).click();
}

/** One form: a button that opens it, what is typed into it, and the button that sends it. */
async function submit(
  page: Page,
  { open, send = open, fields }: { open: string; send?: string; fields: Readonly<Record<string, string>> },
): Promise<void> {
  await press(page, open);
  const form = page.getByRole("dialog");
  for (const [label, text] of Object.entries(fields))
    await form.getByLabel(label, { exact: true }).fill(text);
  await press(page, send, form);
}

test("a group is made, found by search, kept when asked twice, and deleted", async ({ page, server }) => {
  await page.goto(`${server}/settings/groups`);
  await expect(page.getByText("Nobody signs in here")).toBeVisible();
  await submit(page, { open: "Make a group", fields: { Name: "ops" } });
  await expect(page.getByRole("cell", { name: "ops", exact: true })).toBeVisible();

  await submit(page, { open: "Make a group", fields: { Name: "ops" } });
  const form = page.getByRole("dialog", { name: "Make a group" });
  await expect(form.getByText("There is a group of the name 'ops' already.")).toBeVisible();
  // The focus is back on the button at once, so that the key after the next reaches the page.
  await page.keyboard.press("Escape");
  await page.keyboard.press("/");
  await page.keyboard.type("nothing like it");
  await expect(page.getByText("No groups match")).toBeVisible();
  await page.getByRole("button", { name: "Clear the search" }).click();

  await page.getByRole("heading", { name: "Groups" }).click();
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "ops" })).toBeVisible();
  await page.getByRole("link", { name: "Groups" }).first().click();
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("No groups yet")).toBeVisible();
});

test("on a telephone the row of settings shows the page that one is on", async ({ page, server }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  for (const [address, label] of [
    ["/settings/service-accounts", "Service accounts"],
    ["/settings/webhooks", "Webhooks"],
  ] as const) {
    await page.goto(`${server}${address}`);
    const here = page.getByRole("navigation", { name: "Settings" }).getByRole("link", { name: label });
    await expect(here).toBeInViewport({ ratio: 1 });
  }
});

test("an administrator sets up a workspace, a group and a job's token, and hears why", async ({
  page,
  securedServer: { url, welcome },
}) => {
  test.setTimeout(240_000);
  await becomeAdministrator(page, welcome);

  await page.goto(`${url}/settings/workspaces`);
  await submit(page, { open: "Make a workspace", fields: { Name: "vision" } });
  await press(page, "vision");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Protected aliases").fill("*@champion\nfraud*@prod");
  await dialog.getByRole("combobox").click();
  await page.getByRole("option", { name: "viewer" }).click();
  await press(page, "Save", dialog);
  const vision = page.getByRole("row", { name: /vision/ });
  await expect(vision).toContainText("viewer");
  await expect(vision).toContainText("*@champion, fraud*@prod");
  await press(page, "vision");
  await dialog.getByLabel("Protected aliases").fill("champion");
  await press(page, "Save", dialog);
  await expect(dialog).toContainText("matches no alias: they are called model@alias");
  await press(page, "Cancel", dialog);

  await press(page, "Actions on vision");
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await press(page, "Delete", dialog);
  await expect(vision).toHaveCount(0);
  await page.getByRole("switch", { name: "Also deleted ones" }).click();
  await expect(vision).toContainText("deleted");
  await press(page, "Actions on vision");
  await page.getByRole("menuitem", { name: "Restore" }).click();
  await expect(vision).not.toContainText("deleted");

  await page.goto(`${url}/settings/service-accounts`);
  await submit(page, { open: "Make a service account", fields: { Name: "trainer" } });
  await press(page, "Actions on trainer");
  await page.getByRole("menuitem", { name: "New token" }).click();
  await dialog.getByLabel("Name", { exact: true }).fill("nightly");
  await press(page, "Create the token", dialog);
  const token = (await page.getByText(/^rwt_[\w-]{43}$/).textContent()) ?? "";
  await press(page, "Done", dialog);

  await page.goto(`${url}/settings/groups`);
  await submit(page, { open: "Make a group", fields: { Name: "jobs" } });
  await page.getByRole("link", { name: "jobs" }).click();
  await submit(page, { open: "Add somebody", fields: { Name: "trainer" } });
  await expect(page.getByRole("row", { name: /trainer/ })).toBeVisible();
  await submit(page, { open: "Rename", fields: { Name: "batch", Description: "What runs at night" } });
  await expect(page.getByRole("heading", { name: "batch" })).toBeVisible();
  await expect(page.getByText("What runs at night")).toBeVisible();

  await page.goto(`${url}/settings`);
  await submit(page, { open: "Add a member", fields: { Name: "batch" } });
  await expect(page.getByRole("row", { name: /batch/ })).toContainText("member");
  await page.goto(`${url}/settings/explain?who=trainer&act=experiment.read&what=0`);
  await expect(page.getByText("Allowed")).toBeVisible();
  await expect(page.getByText("Role member by group batch (this decides)")).toBeVisible();
  const statusWith = () =>
    fetch(`${url}/api/2.0/mlflow/experiments/get?experiment_id=0`, {
      headers: { authorization: `Bearer ${token}` },
    }).then(({ status }) => status);
  await expect.poll(statusWith).toBe(200);

  await page.goto(`${url}/settings/tokens`);
  await expect(page.getByRole("row", { name: /nightly/ })).toContainText("trainer");
  await press(page, "Revoke");
  await press(page, "Revoke", dialog);
  await expect(page.getByText("No tokens yet")).toBeVisible();
  await expect.poll(statusWith).toBe(401);
});

test("who may not see a page of settings is told so, and is offered what is theirs", async ({
  page,
  browser,
  securedServer: { url, welcome },
}) => {
  test.setTimeout(240_000);
  await becomeAdministrator(page, welcome);
  await page.goto(`${url}/settings/people`);
  await press(page, "Invite");
  await press(page, "Make the invitation");
  const invitation = (await page.getByText(/\/invitation\/[\w-]{43}$/).textContent()) ?? "";
  const other = await browser.newPage();
  await other.goto(invitation);
  await other.getByLabel("User name", { exact: true }).fill("bob");
  await other.getByLabel("Password").fill(password);
  await press(other, "Join");
  await expect(other.getByRole("button", { name: "bob" })).toBeVisible();
  await other.goto(`${url}/settings`);
  await expect(other.getByRole("row", { name: /bob/ })).toContainText("member");
  await expect(other.getByRole("button", { name: "Add a member" })).toHaveCount(0);
  await expect(other.getByRole("link", { name: "People" })).toHaveCount(0);
  await other.goto(`${url}/settings/people`);
  await expect(other.getByText("This is not yours to see")).toBeVisible();

  await page.goto(`${url}/settings?role=viewer`);
  await expect(page.getByText("No members match")).toBeVisible();
  await press(page, "Clear the filters");
  await page.getByRole("combobox", { name: "Role", exact: true }).click();
  await page.getByRole("option", { name: "member" }).click();
  await page.getByRole("link", { name: "bob" }).click();
  await expect(page.getByRole("heading", { name: "bob", level: 1 })).toBeVisible();
  await expect(page.getByRole("region", { name: "About" })).toContainText("Role here" + "member");
  const grants = page.getByRole("region", { name: "Grants" });
  await expect(grants).toContainText("None of their own");
  const lately = page.getByRole("region", { name: "Lately" });
  await expect(lately.getByRole("row", { name: /invitation\.accept/ })).toBeVisible();

  await page.goto(`${url}/settings/grants`);
  await submit(page, { open: "Give a grant", fields: { Number: "0", To: "bob" } });
  const grant = page.getByRole("combobox", { name: /Grant to bob on/ });
  await expect(grant).toHaveText("allow edit");
  await grant.click();
  await page.getByRole("option", { name: "deny read" }).click();
  await expect(grant).toHaveText("deny read");
  await other.goto(`${url}/experiments/0`);
  await expect(other.getByText("a grant denies bob to read experiment 0")).toBeVisible();

  await page.goto(`${url}/settings/people`);
  await page.getByRole("link", { name: "bob" }).click();
  await expect(grants.getByRole("row", { name: /deny read/ })).toBeVisible();
  await press(page, "Sign out everywhere");
  await press(page, "Sign out everywhere", page.getByRole("dialog"));
  await expect(page.getByText("Signed in nowhere.")).toBeVisible();
  await expect
    .poll(async () => (await other.request.get(`${url}/trpc/identity/account.profile`)).status())
    .toBe(401);
  await other.goto(`${url}/settings`);
  await expect(other.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await other.close();
});
