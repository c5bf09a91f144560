import { expect, type Page } from "@playwright/test";
import { test } from "./server-fixture.ts";

const password = "correct horse battery";

async function fillNewcomer(page: Page, username: string, button: string): Promise<void> {
  await page.getByLabel("User name", { exact: true }).fill(username);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: button }).click();
}

async function signIn(page: Page, name: string, word: string): Promise<void> {
  await page.getByLabel("User name or e-mail address").fill(name);
  await page.getByLabel("Password").fill(word);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

/** Next.js has one of its own, outside of the page. */
const alertOf = (page: Page) => page.getByRole("main").getByRole("alert");

const account = (page: Page, name: string) => page.getByRole("button", { name });

async function signOut(page: Page, name: string): Promise<void> {
  await account(page, name).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
}

/** As a program does it that has nothing but the token. */
const withToken = (url: string, token: string) =>
  fetch(`${url}/api/2.0/mlflow/experiments/search`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: '{"max_results":1}',
  }).then(({ status }) => status);

test("from the first administrator's link to a token, a colleague and single sign-on", async ({
  page,
  browser,
  securedServer: { url, welcome, startProvider },
}) => {
  test.setTimeout(240_000);
  await page.goto(`${url}/experiments?x=1`);
  await expect(page).toHaveURL(`${url}/sign-in?return=%2Fexperiments%3Fx%3D1`);
  await signIn(page, "admin", "password1234");
  await expect(alertOf(page)).toHaveText("The user name or the password is wrong.");

  await page.goto(welcome);
  await page.getByLabel("User name", { exact: true }).fill("ann");
  await page.getByLabel("Password").fill("short");
  await page.getByRole("button", { name: "Create the administrator" }).click();
  await expect(alertOf(page)).toContainText("at least 12 characters");
  await fillNewcomer(page, "ann", "Create the administrator");
  await expect(account(page, "ann")).toBeVisible();
  await page.goto(welcome);
  await expect(alertOf(page)).toContainText("has been used");

  await page.goto(`${url}/experiments?x=1`);
  await expect(page.getByRole("link", { name: "Default" })).toBeVisible();
  await signOut(page, "ann");
  await page.goto(`${url}/sign-in?return=${encodeURIComponent("//evil.example/")}`);
  await signIn(page, "ANN", password);
  await expect(account(page, "ann")).toBeVisible();
  expect(new URL(page.url()).href).toBe(`${url}/`);

  await expect(page.getByText("export MLFLOW_TRACKING_TOKEN=")).toBeVisible();
  await page.getByRole("link", { name: "your account" }).click();
  await page.getByRole("button", { name: "New token" }).click();
  await page.getByLabel("Name").fill("training");
  await page.getByRole("button", { name: "Create the token" }).click();
  const shown = await page.getByText(/^rwt_[\w-]{43}$/).textContent();
  const token = shown ?? "";
  await page.getByRole("button", { name: "Done" }).click();
  expect(await withToken(url, token)).toBe(200);
  await page.reload();
  await expect(page.getByRole("row", { name: /training/ })).toContainText("everything");
  await expect(page.getByText(token)).toHaveCount(0);
  await page
    .getByRole("row", { name: /training/ })
    .getByRole("button", { name: "Revoke" })
    .click();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
  await expect(page.getByText("No tokens")).toBeVisible();
  await expect.poll(() => withToken(url, token), { timeout: 5_000 }).toBe(401);

  await startProvider();
  const other = await browser.newPage();
  await other.goto(`${url}/sign-in?return=/account`);
  await other.getByRole("button", { name: "Sign in with Example" }).click();
  await other.getByPlaceholder("Enter any login").fill("carl");
  await other.getByPlaceholder("and password").fill("x");
  await other.getByRole("button", { name: "Sign-in" }).click();
  await expect(other.getByRole("heading", { name: "Account" })).toBeVisible();
  await expect(other.getByText("carl@example.org").first()).toBeVisible();
  await other.getByRole("button", { name: "Sign out everywhere" }).click();
  await other.getByRole("dialog").getByRole("button", { name: "Sign out everywhere" }).click();
  await expect(other.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await other.close();
});

test("colleagues come by an invitation, and back by a link to a new password", async ({
  page,
  browser,
  securedServer: { url, welcome },
}) => {
  test.setTimeout(240_000);
  await page.goto(welcome);
  await fillNewcomer(page, "ann", "Create the administrator");
  await account(page, "ann").click();
  await page.getByRole("menuitem", { name: "People" }).click();
  await page.getByRole("button", { name: "Invite" }).click();
  await page.getByLabel("E-mail address").fill("bob@example.org");
  await page.getByRole("button", { name: "Make the invitation" }).click();
  const invitation = (await page.getByText(/\/invitation\/[\w-]{43}$/).textContent()) ?? "";
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("row", { name: /bob@example.org/ })).toContainText("member of default");

  const other = await browser.newPage();
  await other.goto(invitation);
  await expect(other.getByLabel("E-mail address")).toHaveValue("bob@example.org");
  await fillNewcomer(other, "bob", "Join");
  await expect(account(other, "bob")).toBeVisible();

  await page.reload();
  await page.getByRole("button", { name: "Actions on bob" }).click();
  await page.getByRole("menuitem", { name: "Link to set a password" }).click();
  const reset = (await page.getByText(/\/reset\/[\w-]{43}$/).textContent()) ?? "";
  await other.context().clearCookies();
  await other.goto(reset);
  await other.getByLabel("New password").fill("another long one");
  await other.getByRole("button", { name: "Set the password" }).click();
  await signOut(other, "bob");
  await signIn(other, "bob@example.org", "another long one");
  await expect(account(other, "bob")).toBeVisible();
  await other.goto(`${url}/reset`);
  await other.getByLabel("User name or e-mail address").fill("bob");
  await other.getByRole("button", { name: "Send a link" }).click();
  await expect(alertOf(other)).toContainText("sends no e-mail");
  await other.close();
});

test("where nobody has to sign in, the bar says whose it is", async ({ page, server }) => {
  await page.goto(`${server}/account`);
  await expect(account(page, "Local owner")).toBeVisible();
  await expect(page.getByText("Nobody has to sign in here")).toBeVisible();
});
