import { expect } from "@playwright/test";
import { runPython, test } from "./server-fixture.ts";

const training = `
import mlflow
mlflow.set_experiment("first-steps")
with mlflow.start_run(run_name="hello-runweir"):
    mlflow.log_params({"lr": 0.1, "depth": 6})
    for step in range(40):
        mlflow.log_metric("val/loss", 1 / (step + 1), step=step)
    input()
    mlflow.log_metric("val/loss", 0.0123, step=40)
    input()
    mlflow.log_text("it worked", "notes.txt")
`;

test("a newcomer sees the snippet, logs with the real client, and the pages fill live", async ({
  page,
  freshServer,
}) => {
  await page.goto(freshServer);
  await expect(
    page.getByText("mlflow.set_tracking_uri").or(page.getByText("MLFLOW_TRACKING_URI")).first(),
  ).toBeVisible();
  await expect(page.getByRole("button", { name: /demo project/i })).toBeVisible();

  const client = runPython(freshServer, training);
  // No reload anywhere: the run appears on the open page while it trains.
  const link = page.getByRole("link", { name: "hello-runweir" }).first();
  await expect(link).toBeVisible();
  await link.click();
  await expect(page.getByRole("heading", { name: "hello-runweir" })).toBeVisible();
  await expect(page.getByText(/running/i).first()).toBeVisible();
  await expect(page.getByText("val/loss").first()).toBeVisible();

  client.goOn();
  await expect(page.getByText("0.0123").first(), "a point logged now is drawn by itself").toBeVisible();
  client.goOn();
  await client.finished;
  await expect(page.getByText(/finished/i).first()).toBeVisible();
  await page.getByRole("tab", { name: /Artifacts/ }).click();
  await page.getByText("notes.txt").first().click();
  await expect(page.getByText("it worked")).toBeVisible();
});
