import { expect } from "@playwright/test";
import { runPython, test } from "./server-fixture.ts";

const oneRun = `
import mlflow
mlflow.set_experiment("quiet")
with mlflow.start_run(run_name="quiet-run") as run:
    for step in range(30):
        mlflow.log_metric("train/loss", 1 / (step + 1), step=step)
    mlflow.log_metric("val/loss", float("inf"), step=1)
    print(run.info.experiment_id, run.info.run_id)
client = mlflow.MlflowClient()
fit = client.create_run(run.info.experiment_id, run_name="quiet-fit").info.run_id
client.log_dict(fit, {"flavors": {}}, "model/MLmodel")
client.set_terminated(fit)
client.create_registered_model("quiet-model", description="# What it is for")
for _ in range(2):
    client.create_model_version("quiet-model", f"runs:/{fit}/model", fit)
client.set_registered_model_alias("quiet-model", "champion", "1")
`;

interface Logged {
  readonly experiment: string;
  readonly run: string;
}

let logged: Promise<Logged> | undefined;

/** The tests of a worker share a server, and this run on it. */
function loggedOn(server: string): Promise<Logged> {
  logged ??= logOneRun(server);
  return logged;
}

async function logOneRun(server: string): Promise<Logged> {
  const output = await runPython(server, oneRun).finished;
  const [, experiment, run] = /^(\d+) ([0-9a-f]{32})$/m.exec(output) ?? [];
  if (experiment === undefined || run === undefined) throw new Error(`no ids in: ${output}`);
  return { experiment, run };
}

test("pages have one main heading, names for all controls, and nothing to complain about in the console", async ({
  page,
  server,
}) => {
  const { experiment, run } = await loggedOn(server);
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(`${page.url()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`${page.url()}: ${error.message}`));
  const asked = await fetch(`${server}/api/reviews`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ model: "quiet-model", version: 2, target: "@champion", title: "Quiet request" }),
  });
  const { id: request } = (await asked.json()) as { id: number };
  const model = (tab: string) => `/models/quiet-model?tab=${tab}`;
  const runTab = (tab: string) => `/runs/${run}?tab=${tab}`;
  const pages = [
    ["/", "quiet-run"],
    ["/experiments", "quiet"],
    ["/experiments?view=deleted", "Deleted"],
    [`/experiments/${experiment}`, "quiet-run"],
    [runTab("overview"), "val/loss"],
    [runTab("charts"), "train/loss"],
    [runTab("images"), "No images"],
    [runTab("tables"), "No logged tables"],
    [runTab("artifacts"), "No files yet"],
    ["/models", "quiet-model"],
    ["/models/quiet-model", "What it is for"],
    [model("versions"), "Version 2"],
    [model("history"), "@champion"],
    [model("activity"), "Quiet request"],
    [model("permissions"), "on exactly this model"],
    [model("webhooks"), "No webhooks yet"],
    ["/models/quiet-model/2", "quiet-fit"],
    ["/models/quiet-model/compare?a=1&b=2", "Only differences"],
    ["/moves", "No bulk moves yet"],
    ["/moves/new?q=quiet-model", "quiet-model"],
    ["/reviews", "Quiet request"],
    ["/reviews?view=all", "Quiet request"],
    ["/reviews/new?model=quiet-model&version=2", "Open the request"],
    [`/reviews/${request}`, "opened the request"],
    [`/reviews/${request}?tab=changes`, "Only differences"],
    [`/reviews/${request}?tab=checks`, "lineage-complete"],
    [`/reviews/${request}?tab=data`, "No data to compare"],
    ["/reviews/policies", "No policies yet"],
    ["/settings/webhooks", "No webhooks yet"],
    ["/settings/notifications", "review"],
    ["/sql", "metric_points"],
    ["/settings/audit", "secret.create"],
  ] as const;
  for (const [path, text] of pages) {
    await page.goto(server + path);
    await expect(page.getByRole("main").getByText(text).first(), path).toBeVisible();
    await expect(page.getByRole("heading", { level: 1 }), path).toHaveCount(1);
    await expect(page.getByRole("button", { name: /^$/ }), path).toHaveCount(0);
    await expect(page.getByRole("link", { name: /^$/ }), path).toHaveCount(0);
  }
  await page.goto(`${server}/runs/${run}`);
  const metrics = page.getByRole("region", { name: "Metrics" });
  await expect(metrics.getByRole("row").filter({ hasText: "val/loss" })).toContainText("∞");
  expect(complaints).toEqual([]);
  for (const path of [
    "/nowhere",
    "/runs/none",
    "/experiments/999999",
    "/models/none",
    "/moves/999999",
    "/reviews/999999",
  ]) {
    await page.goto(server + path);
    await expect(page.getByRole("heading", { level: 1, name: /there is no/i }), path).toBeVisible();
  }
});

test("a chart whose code cannot be fetched says so, and is drawn once it can", async ({ page, server }) => {
  const { experiment } = await loggedOn(server);
  await page.goto(`${server}/experiments/${experiment}?view=table`);
  await expect(page.getByRole("link", { name: "quiet-run" }).first()).toBeVisible();
  await page.route("**/_next/static/**", (route) => route.abort());
  await page.getByRole("radio", { name: "Both" }).click();
  const chart = page.getByRole("region", { name: "train/loss" });
  await expect(chart).toContainText("could not be loaded");
  await page.unroute("**/_next/static/**");
  await expect(chart).not.toContainText("could not be loaded");
  await expect(chart.locator("canvas")).toBeVisible();
});

test("the head of a run's page stands where its skeleton stood", async ({ page, server }) => {
  const { run } = await loggedOn(server);
  await page.addInitScript(() => {
    const shifts: number[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.push((entry as unknown as { value: number }).value);
    }).observe({ type: "layout-shift", buffered: true });
  });
  await page.goto(`${server}/runs/${run}`);
  await expect(page.getByRole("heading", { level: 1, name: "quiet-run" })).toBeVisible();
  await expect(page.getByRole("region", { name: "train/loss" }).locator("canvas")).toBeVisible();
  const shifts = await page.evaluate(() => (window as unknown as { shifts: number[] }).shifts);
  // What browsers call good is below 0.1; a head that moves everything below it costs twice that.
  expect(shifts.reduce((sum, value) => sum + value, 0)).toBeLessThan(0.1);
});
