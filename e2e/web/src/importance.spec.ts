import { expect, type Page } from "@playwright/test";
import { runPython, test } from "./server-fixture.ts";

/** 80 runs; what `log` says is logged of the run with the number i. */
async function logRuns(server: string, name: string, log: string): Promise<string> {
  const printed = await runPython(
    server,
    `
import mlflow
from mlflow.entities import Metric, Param
client = mlflow.MlflowClient()
experiment = client.create_experiment("${name}")
for i in range(80):
    params, metrics = {}, {}
    ${log}
    client.log_batch(
        client.create_run(experiment, run_name=f"run-{i:02d}").info.run_id,
        metrics=[Metric(key, value, 1, 0) for key, value in metrics.items()],
        params=[Param(key, str(value)) for key, value in params.items()],
    )
print(experiment)
`,
  ).finished;
  return printed.trim().split("\n").at(-1) ?? "";
}

/** The optimizer decides, the depth says some of it, the seed nothing, and the machine is always the same. */
const sweep = `params = {"seed": i * 37 % 80, "depth": i // 2 % 5, "optimizer": ["adam", "sgd"][i % 2], "machine": "a"}
    metrics = {"loss": 100 * (i % 2) + 10 * (i // 2 % 5) + (i * 37 % 7) / 10}`;

const open = (page: Page, server: string, experiment: string) =>
  page.goto(`${server}/compare?experiments=${experiment}&tab=importance`);

test("the params stand in the order of what they say, beside how much of the target they explain", async ({
  page,
  server,
}) => {
  await open(page, server, await logRuns(server, "importance of params", sweep));
  const params = page.getByRole("region", { name: "Params" });
  const rows = params.getByRole("row");
  await expect(rows).toHaveCount(4);
  for (const [place, name] of ["optimizer", "depth", "seed"].entries())
    await expect(rows.nth(place + 1).getByRole("button")).toHaveText(name);
  // A category has no correlation; more depth is more loss.
  await expect(rows.nth(1).getByRole("cell").nth(2)).toHaveText("–");
  await expect(rows.nth(2).getByRole("cell").nth(2)).toHaveText(/^0\.[23]/);
  await expect(rows.nth(2).getByRole("cell").nth(3)).toHaveText("5");
  await expect(page.getByText(/out-of-bag R² 0\.[89]/)).toBeVisible();
  await expect(page.getByText("The params explain most of the target.")).toBeVisible();
  await params.getByText("1 param left out").click();
  await expect(params.getByText("the same in all runs")).toBeVisible();
  await expect(page.getByText("80 runs").first()).toBeVisible();

  await expect(page.getByText("loss by optimizer")).toBeVisible();
  await rows.nth(2).getByRole("button").click();
  await expect(page.getByText("loss by depth")).toBeVisible();
  await page.reload();
  await expect(page.getByText("loss by depth")).toBeVisible();
});

test("what nothing can be said of is said: no metric, no param that differs, chance alone", async ({
  page,
  server,
}) => {
  await open(page, server, await logRuns(server, "importance of no metric", `params = {"depth": i}`));
  await expect(page.getByText("No metric yet")).toBeVisible();
  const alike = `params, metrics = {"depth": 3}, {"loss": i}`;
  await open(page, server, await logRuns(server, "importance of nothing", alike));
  await expect(page.getByText("No param differs between these runs.")).toBeVisible();
  await expect(page.getByText(/^Too few runs, or no param that differs/)).toBeVisible();
  // Each depth has the same losses.
  const chance = `params, metrics = {"depth": i % 4}, {"loss": i // 4}`;
  await open(page, server, await logRuns(server, "importance of chance", chance));
  await expect(page.getByText(/do not trust the shares/)).toBeVisible();
});

test("a question that fails is told of in place, and asked again", async ({ page, server }) => {
  const experiment = await logRuns(server, "importance that fails", sweep);
  const questions = /analyses\.importance/;
  await page.route(questions, (route) => route.abort());
  await open(page, server, experiment);
  const again = page
    .getByRole("tabpanel", { name: "Importance" })
    .getByRole("button", { name: /again|retry/i });
  await expect(again).toBeVisible({ timeout: 30_000 });
  await page.unroute(questions);
  await again.click();
  await expect(page.getByText(/out-of-bag R² 0\.[89]/)).toBeVisible();
});
