import { expect, type Page } from "@playwright/test";
import { type Ask, askerFor, enter, makeTeam, senderFor } from "./review-team.ts";
import { test } from "./server-fixture.ts";

const protecting = `policies:
  - name: kept
    model: "fleet-3"
    targets: ["@canary"]
    approvals: { count: 1 }
    direct_moves: deny
`;

test("an alias of many models is planned, moved, and moved back, by who may", async ({
  browser,
  securedServer: { url, welcome },
}) => {
  test.setTimeout(240_000);
  const ask = askerFor(url);
  const send = senderFor(url);
  await makeTeam(url, welcome, ask);
  await ask("ann", "/trpc/review/policies.propose", { document: protecting, baseRevision: 0 });
  for (const index of [1, 2, 3]) await makeModel(ask, `fleet-${index}`);
  await makeModel(ask, "other");
  const canaries = () =>
    Promise.all(
      ["fleet-1", "fleet-2", "fleet-3", "other"].map(async (name) => {
        const { status } = await send(
          "dora",
          `/api/2.0/mlflow/registered-models/alias?name=${name}&alias=canary`,
          undefined,
          "GET",
        );
        return status === 200;
      }),
    );

  const dora = await enter(browser, url, "dora", "/moves");
  await test.step("at first there is none", async () => {
    await expect(dora.getByRole("heading", { name: "No bulk moves yet" })).toBeVisible();
  });

  await test.step("what the list finds is planned, and nothing moves by that", async () => {
    await dora.goto(`${url}/models?q=fleet`);
    await dora.getByRole("link", { name: "Move…" }).click();
    await expect(dora).toHaveURL(`${url}/moves/new?q=fleet`);
    await expect(dora.getByRole("region", { name: "Which models" })).toContainText(
      "fleet-1, fleet-2, fleet-3",
    );
    const form = dora.getByRole("region", { name: "What moves" });
    await form.getByRole("textbox", { name: "Alias" }).fill("canary");
    const plan = form.getByRole("button", { name: "Plan the move" });
    await expect(plan, "not without a reason").toBeDisabled();
    await form.getByRole("textbox", { name: "Why" }).fill("Try the new ones");
    await plan.click();
    await expect(dora.getByRole("heading", { level: 1 })).toHaveText("@canary to the latest version");
    const figures = dora.getByRole("region", { name: "Plan" });
    await expect(figures).toContainText("Models named like “fleet”: 3 models");
    await expect(figures).toContainText("To move2 models");
    await expect(figures).toContainText("Try the new ones");
    await expect(dora.getByRole("region", { name: "Left out" })).toContainText("fleet-3");
    const rows = dora.getByRole("region", { name: "Models" }).getByRole("row");
    await expect(rows.filter({ hasText: "fleet-1" })).toContainText("noneversion 1");
    expect(await canaries()).toEqual([false, false, false, false]);
  });
  const move = dora.url();

  await test.step("somebody else neither sees nor applies it, and a guest plans none", async () => {
    const paul = await enter(browser, url, "paul", new URL(move).pathname);
    await expect(paul.getByRole("main").getByRole("alert")).toContainText("belongs to whoever planned it");
    await paul.goto(`${url}/moves`);
    await expect(paul.getByRole("heading", { name: "No bulk moves yet" })).toBeVisible();
    await paul.context().close();
    const gina = await enter(browser, url, "gina", "/models");
    await expect(gina.getByRole("link", { name: "Bulk moves" })).toBeVisible();
    await expect(gina.getByRole("link", { name: "Move…" })).toHaveCount(0);
    await gina.goto(`${url}/moves/new?q=fleet`);
    await expect(gina.getByRole("heading", { name: "You may not plan bulk moves" })).toBeVisible();
    await expect(gina.getByRole("main")).toContainText("gina has no edit permission on any model");
    await expect(gina.getByRole("button", { name: "Plan the move" })).toHaveCount(0);
    await gina.context().close();
    const request = { models: {}, version: { kind: "latest" }, target: { kind: "alias", alias: "canary" } };
    expect((await send("gina", "/trpc/registry/bulk.plan", request)).status).toBe(403);
  });

  await test.step("it is applied as planned, and listed", async () => {
    await dora.getByRole("button", { name: "Apply", exact: true }).click();
    await dora.getByRole("dialog").getByRole("button", { name: "Move 2 models" }).click();
    await expect(dora.getByText("2 moved", { exact: true })).toBeVisible();
    await expect(dora.getByRole("button", { name: "Undo" })).toBeVisible();
    expect(await canaries()).toEqual([true, true, false, false]);
    await dora.goto(`${url}/moves`);
    const row = dora.getByRole("row").filter({ hasText: "@canary to the latest version" });
    for (const said of ["applied", "2 of 2", "Try the new ones", "dora"])
      await expect(row).toContainText(said);
    await dora.keyboard.press("j");
    await expect(row.getByRole("link")).toBeFocused();
    await dora.keyboard.press("Enter");
    await expect(dora).toHaveURL(move);
  });

  await test.step("it is undone, and both ways are in the history with the reason", async () => {
    await dora.getByRole("button", { name: "Undo" }).click();
    await dora.getByRole("dialog").getByRole("button", { name: "Move 2 models back" }).click();
    await expect(dora.getByText("undone", { exact: true })).toBeVisible();
    expect(await canaries()).toEqual([false, false, false, false]);
    await dora.getByRole("region", { name: "Models" }).getByRole("link", { name: "fleet-1" }).click();
    await dora.getByRole("tab", { name: "History" }).click();
    const moves = dora.getByRole("region", { name: "Moves" });
    await expect(moves).toContainText("Undo of bulk move 1: Try the new ones");
    await expect(moves).toContainText("Bulk move 1: Try the new ones");
    await moves.getByRole("link", { name: "bulk move 1" }).first().click();
    await expect(dora).toHaveURL(move);
  });

  await test.step("a plan of which all is protected moves nothing, and says so", async () => {
    await dora.goto(`${url}/moves/new?q=fleet-3`);
    await dora.getByRole("textbox", { name: "Alias" }).fill("@canary");
    await dora.getByRole("textbox", { name: "Why" }).fill("It is the last one");
    await dora.getByRole("button", { name: "Plan the move" }).click();
    await expect(dora.getByRole("region", { name: "Plan" })).toContainText(
      "all that would change are left out",
    );
    await expect(dora.getByRole("button", { name: "Apply", exact: true })).toHaveCount(0);
  });

  await test.step("versions are moved into a stage", async () => {
    await dora.goto(`${url}/moves/new?q=other`);
    await dora.getByRole("radio", { name: "Stage" }).click();
    await dora.getByRole("combobox", { name: "Stage" }).click();
    await dora.getByRole("option", { name: "Staging" }).click();
    await dora.getByRole("textbox", { name: "Why" }).fill("To be tried");
    await dora.getByRole("button", { name: "Plan the move" }).click();
    await dora.getByRole("button", { name: "Apply", exact: true }).click();
    await dora.getByRole("dialog").getByRole("button", { name: "Move 1 model" }).click();
    await expect(dora.getByText("1 moved", { exact: true })).toBeVisible();
    await expect(
      dora.getByRole("region", { name: "Models" }).getByRole("row").filter({ hasText: "other" }),
    ).toContainText("version 1NoneStaging");
  });

  await test.step("nothing is wider than a telephone, and a number that is none is said to be so", async () => {
    await dora.setViewportSize({ width: 390, height: 844 });
    for (const path of ["/models", "/moves", "/moves/new", new URL(move).pathname]) {
      await dora.goto(`${url}${path}`);
      await expect(dora.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(dora.locator("[aria-busy=true]")).toHaveCount(0);
      expect(await overflow(dora), path).toBeLessThanOrEqual(0);
    }
    await dora.goto(`${url}/moves/none`);
    await expect(dora.getByRole("main").getByRole("alert")).toContainText("There is no bulk move 'none'.");
  });
});

/** With one version, of a run of its own. */
async function makeModel(ask: Ask, name: string): Promise<void> {
  const { run } = await ask<{ run: { info: { run_id: string } } }>("dora", "/api/2.0/mlflow/runs/create", {
    experiment_id: "0",
  });
  await ask("dora", "/api/2.0/mlflow/registered-models/create", { name });
  const id = run.info.run_id;
  await ask("dora", "/api/2.0/mlflow/model-versions/create", {
    name,
    source: `runs:/${id}/model`,
    run_id: id,
  });
}

function overflow(page: Page): Promise<number> {
  return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
}
