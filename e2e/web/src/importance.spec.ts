import { expect, type Page } from "@playwright/test";
import { createExperiment, type LoggedRun, logRun } from "./rest-client.ts";
import { test } from "./server-fixture.ts";

type Logged = Pick<LoggedRun, "params" | "metrics">;

/** 80 runs; what `log` says is logged of the run with the number i. */
async function logRuns(server: string, name: string, log: (i: number) => Logged): Promise<string> {
  const experiment = await createExperiment(server, name);
  for (let i = 0; i < 80; i += 1)
    await logRun(server, experiment, { name: `run-${String(i).padStart(2, "0")}`, ...log(i) });
  return experiment;
}

/** The optimizer decides, the depth says some of it, the seed nothing, and the machine is always the same. */
function sweep(i: number): Logged {
  const depth = Math.floor(i / 2) % 5;
  return {
    params: { seed: (i * 37) % 80, depth, optimizer: i % 2 === 1 ? "sgd" : "adam", machine: "a" },
    metrics: { loss: [100 * (i % 2) + 10 * depth + ((i * 37) % 7) / 10] },
  };
}

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
  await open(
    page,
    server,
    await logRuns(server, "importance of no metric", (i) => ({ params: { depth: i } })),
  );
  await expect(page.getByText("No metric yet")).toBeVisible();
  const alike = (i: number) => ({ params: { depth: 3 }, metrics: { loss: [i] } });
  await open(page, server, await logRuns(server, "importance of nothing", alike));
  await expect(page.getByText("No param differs between these runs.")).toBeVisible();
  await expect(page.getByText(/^Too few runs, or no param that differs/)).toBeVisible();
  // Each depth has the same losses.
  const chance = (i: number) => ({ params: { depth: i % 4 }, metrics: { loss: [Math.floor(i / 4)] } });
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
