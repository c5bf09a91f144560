import { expect } from "@playwright/test";
import { createExperiment, logRun, post } from "./rest-client.ts";
import { test } from "./server-fixture.ts";

/** Two versions, the second of a better run, and the first is the champion. */
async function register(server: string): Promise<void> {
  const experiment = await createExperiment(server, "reviewed");
  await post(server, "registered-models/create", { name: "reviewed" });
  for (const [auc, rate] of [
    [0.91, 0.1],
    [0.95, 0.05],
  ] as const) {
    const run = { name: `fit ${rate}`, params: { learning_rate: rate }, metrics: { auc: [auc] } };
    const run_id = await logRun(server, experiment, run);
    await post(server, "model-versions/create", {
      name: "reviewed",
      source: `runs:/${run_id}/model`,
      run_id,
    });
  }
  await post(server, "registered-models/alias", { name: "reviewed", alias: "champion", version: "1" });
}

test("a version is promoted by a request: compared, talked about, applied and taken back", async ({
  page,
  server,
}) => {
  test.setTimeout(240_000);
  await register(server);
  await page.goto(`${server}/models/reviewed/2`);
  await page.getByRole("link", { name: "Open a request" }).click();
  await expect(page.getByRole("textbox", { name: "Version" })).toHaveValue("2");
  await page.getByRole("textbox", { name: "Why" }).fill("It is **better** <script>1</script>");
  await page.reload();
  await expect(page.getByRole("textbox", { name: "Why" }), "a draft survives").toHaveValue(/better/);
  await page.getByRole("button", { name: "Open the request" }).click();
  await expect(page).toHaveURL(/\/reviews\/\d+$/);
  await expect(page.getByText("better", { exact: true })).toBeVisible();
  await expect(page.getByText("@champion moves from version 1 to version 2")).toBeVisible();

  await test.step("a row is found by keyboard and talked about", async () => {
    await page.getByRole("tab", { name: "Changes" }).click();
    await expect(page.getByRole("row", { name: /^auc/ })).toContainText("better");
    await expect(page.getByRole("row", { name: /learning_rate/ })).toContainText("0.05");
    await page.getByRole("link", { name: /^auc/ }).focus();
    await page.keyboard.press("c");
    await page.getByRole("textbox", { name: /Comment on metrics:auc/ }).fill("On which data?");
    await page.getByRole("button", { name: "Begin a thread" }).click();
    const thread = page.getByRole("region", { name: "Thread" });
    await expect(thread).toContainText("On which data?");
    await thread.getByRole("button", { name: "Answer" }).click();
    await thread.getByRole("textbox", { name: "Answer" }).fill("The held-out month.");
    await thread.getByRole("button", { name: "Answer" }).click();
    await expect(thread).toContainText("The held-out month.");
    await thread.getByRole("button", { name: "Resolve" }).click();
    await expect(page.getByText("resolved", { exact: true })).toBeVisible();
  });

  await test.step("it is listed, applied, and taken back", async () => {
    const request = page.url();
    await page.goto(`${server}/reviews?view=open`);
    await expect(page.getByRole("link", { name: "Promote version 2 to @champion" })).toBeVisible();
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(request.replace(/\?.*/, ""));
    await page.getByRole("button", { name: "Apply", exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Apply" }).click();
    await expect(page.getByText("Applied", { exact: true }).first()).toBeVisible();
    expect(await champion(server)).toBe("2");
    await page.getByRole("button", { name: "Revert" }).click();
    await page.getByRole("button", { name: "Open the revert" }).click();
    await expect(page).not.toHaveURL(request.replace(/\?.*/, ""));
    await page.getByRole("button", { name: "Apply", exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Apply" }).click();
    await expect.poll(() => champion(server)).toBe("1");
  });
});

async function champion(server: string): Promise<string> {
  const answer = await fetch(`${server}/api/2.0/mlflow/registered-models/alias?name=reviewed&alias=champion`);
  return ((await answer.json()) as { model_version: { version: string } }).model_version.version;
}
