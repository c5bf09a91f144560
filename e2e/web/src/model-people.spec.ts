import { expect } from "@playwright/test";
import { addVersion, askerFor, enter, makeTeam, model, password } from "./review-team.ts";
import { test } from "./server-fixture.ts";

test("a model says who owns it, who may do what, what was asked for, and who is told", async ({
  browser,
  securedServer: { url, welcome },
}) => {
  test.setTimeout(240_000);
  const ask = askerFor(url);
  await makeTeam(url, welcome, ask);
  await ask("dora", "/api/2.0/mlflow/registered-models/create", { name: model });
  const version = await addVersion(ask, 0.9);
  const of = `${url}/models/${model}`;

  const dora = await enter(browser, url, "dora", "/models");
  await test.step("people go by their names", async () => {
    await expect(dora.getByRole("row").filter({ hasText: model })).toContainText("dora");
    await dora.getByRole("button", { name: "Owner" }).click();
    await dora.getByRole("menuitem", { name: "dora" }).click();
    await expect(dora.getByRole("button", { name: "Any owner, not only this one" })).toContainText(
      "Owner: dora",
    );
    await dora.goto(of);
    await expect(dora.getByRole("region", { name: "Model", exact: true })).toContainText("Ownerdora");
    await dora.goto(`${of}/${version}`);
    await expect(dora.getByRole("region", { name: "Version", exact: true })).toContainText("Bydora");
  });

  await test.step("a version leads to its data, and these to what else was made of them", async () => {
    const other = await addVersion(ask, 0.91);
    for (const one of [version, other]) {
      const { model_version: made } = await ask<{ model_version: { run_id: string } }>(
        "dora",
        `/api/2.0/mlflow/model-versions/get?name=${model}&version=${one}`,
        undefined,
        "GET",
      );
      const dataset = { name: "tx", digest: "d1", source_type: "code", source: "{}" };
      const datasets = [{ tags: [], dataset }];
      await ask("dora", "/api/2.0/mlflow/runs/log-inputs", { run_id: made.run_id, datasets });
    }
    await dora.goto(`${of}/${version}`);
    const lineage = dora.getByRole("region", { name: "Lineage" });
    await lineage.getByRole("button", { name: "What was made of tx d1" }).click();
    await lineage.getByRole("link", { name: `${model} ${other}` }).click();
    await expect(dora).toHaveURL(`${of}/${other}`);
    await dora.getByRole("region", { name: "Lineage" }).getByRole("link").first().click();
    await expect(dora, "and its run does the same").toHaveURL(/\/runs\//);
    await dora.getByRole("region", { name: "Datasets" }).getByRole("button", { name: "Details" }).click();
    await dora.getByRole("link", { name: `${model} ${version}` }).click();
    await expect(dora).toHaveURL(`${of}/${version}`);
  });

  await test.step("what is around a version is drawn, opens further by keyboard, and is a list on a telephone", async () => {
    const other = String(Number(version) + 1);
    const lineage = dora.getByRole("region", { name: "Lineage" });
    const graph = lineage.getByRole("list", {
      name: "Lineage, from what it was made of to what was made of it",
    });
    await expect(graph.locator("[aria-current=page]")).toHaveText(`${model} ${version}`);
    await graph.getByRole("button", { name: "What was made of tx d1" }).focus();
    await dora.keyboard.press("Enter");
    const next = graph.getByRole("button", { name: `Lineage of ${model} ${other}` });
    const nodes = await graph.getByRole("listitem").count();
    await next.focus();
    await dora.keyboard.press("Enter");
    await expect(graph.getByRole("listitem"), "and its run comes with it").toHaveCount(nodes + 1);
    await expect(
      lineage.locator("[data-line]"),
      "data into two runs, each into a version, and into the version",
    ).toHaveCount(5);
    await dora.setViewportSize({ width: 390, height: 844 });
    await expect(graph).toBeHidden();
    await expect(lineage.getByRole("button", { name: "What was made of tx d1" })).toBeVisible();
    await dora.setViewportSize({ width: 1440, height: 900 });
  });

  await test.step("who loads it is told, once anybody did", async () => {
    await dora.goto(`${of}/${version}`);
    const loads = dora.getByRole("region", { name: "Loaded by" });
    await expect(loads).toContainText("Nobody in the last 90 days");
    await ask("dora", "/api/2.0/mlflow/registered-models/alias", { name: model, alias: "tried", version });
    for (const path of [
      `registered-models/alias?name=${model}&alias=tried`,
      `model-versions/get-download-uri?name=${model}&version=${version}`,
    ])
      await ask("paul", `/api/2.0/mlflow/${path}`, undefined, "GET");
    await ask(
      "olga",
      `/api/2.0/mlflow/model-versions/get-download-uri?name=${model}&version=${version}`,
      undefined,
      "GET",
    );
    // Both may not have been written down at once.
    await expect(async () => {
      await dora.reload();
      await expect(loads.getByRole("row").filter({ hasText: "paul" })).toContainText("@tried", {
        timeout: 2_000,
      });
      await expect(loads.getByRole("row").filter({ hasText: "olga" })).toContainText("version", {
        timeout: 2_000,
      });
    }).toPass();
    await expect(loads.getByRole("row").filter({ hasText: "olga" })).not.toContainText("@tried");
    await dora.goto(`${url}/models`);
    await expect(dora.getByRole("row").filter({ hasText: model })).toContainText("olgaand 1 more");
    await ask("dora", "/api/2.0/mlflow/registered-models/alias", { name: model, alias: "tried" }, "DELETE");
  });

  await test.step("who manages it lets others in, and takes that back", async () => {
    const gina = await enter(browser, url, "gina", `/models/${model}`);
    const refused = gina.getByRole("main").getByRole("alert");
    await expect(refused).toContainText("Permission denied");
    await dora.goto(`${of}?tab=permissions`);
    const permissions = dora.getByRole("region", { name: "Permissions" });
    await expect(permissions.getByRole("row").filter({ hasText: "dora" })).toContainText("managemade it");
    const form = dora.getByRole("region", { name: "Give a permission" });
    await form.getByLabel("To").fill("nobody-of-that-name");
    await form.getByRole("button", { name: "Give" }).click();
    await expect(form.getByRole("alert")).toContainText("There is no user, group or service account");
    await form.getByLabel("To").fill("gina");
    await form.getByRole("button", { name: "Give" }).click();
    const given = permissions.getByRole("row").filter({ hasText: "gina" });
    await expect(given).toContainText("read");
    await expect(async () => {
      await gina.goto(of);
      await expect(gina.getByRole("heading", { level: 1, name: model })).toBeVisible({ timeout: 2_000 });
    }).toPass();
    await given.getByRole("button", { name: "Remove" }).click();
    await dora.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
    await expect(given).toHaveCount(0);
    await expect(async () => {
      await gina.goto(of);
      await expect(refused).toContainText("Permission denied", { timeout: 2_000 });
    }).toPass();
    await gina.context().close();
    const paul = await enter(browser, url, "paul", `/models/${model}?tab=permissions`);
    await expect(paul.getByText("is shown to who manages it")).toBeVisible();
    await paul.context().close();
  });

  await test.step("what is asked and said about it is told in one place, and moves link to their request", async () => {
    await dora.goto(`${of}?tab=activity`);
    await expect(dora.getByRole("heading", { name: "Nobody has asked for anything yet" })).toBeVisible();
    await dora.goto(`${url}/reviews/new?model=${model}&version=${version}&target=%40champion`);
    await dora.getByRole("button", { name: "Open the request" }).click();
    await expect(dora).toHaveURL(/\/reviews\/\d+$/);
    const request = dora.url();
    await dora.getByRole("textbox", { name: "Comment" }).fill("It is the **first** one.");
    await dora.getByRole("button", { name: "Comment" }).click();
    await expect(dora.getByRole("region", { name: "Thread" })).toContainText("It is the first one.");
    await dora.getByRole("button", { name: "Apply", exact: true }).click();
    await dora.getByRole("dialog").getByRole("button", { name: "Apply" }).click();
    await expect(dora.getByText("Applied by dora")).toBeVisible();
    await dora.goto(`${of}?tab=activity`);
    const activity = dora.getByRole("region", { name: "Activity" }).getByRole("listitem");
    await expect(activity.first()).toContainText("dora applied #1 Promote version 1 to @champion");
    await expect(activity.filter({ hasText: "commented on" })).toContainText("It is the first one.");
    await expect(activity.last()).toContainText("dora opened");
    // What a client calls its request is no evidence of a review.
    await fetch(`${url}/api/2.0/mlflow/registered-models/alias`, {
      method: "POST",
      headers: {
        authorization: `Basic ${Buffer.from(`dora:${password}`).toString("base64")}`,
        "content-type": "application/json",
        "x-request-id": "review-1",
      },
      body: JSON.stringify({ name: model, alias: "forged", version }),
    });
    await dora.goto(`${of}?tab=history`);
    const moves = dora.getByRole("region", { name: "Moves" });
    await expect(moves.getByRole("listitem").filter({ hasText: "@forged" })).toBeVisible();
    await expect(moves.getByRole("link", { name: "#1" })).toHaveCount(1);
    await moves.getByRole("link", { name: "#1" }).click();
    await expect(dora).toHaveURL(request);
  });

  await test.step("webhooks of the model are made, seen on its page, and turned off", async () => {
    await dora.goto(`${of}?tab=webhooks`);
    await dora.getByRole("link", { name: "Manage webhooks" }).click();
    await expect(dora.getByRole("heading", { name: `Webhooks of ${model}` })).toBeVisible();
    await dora.getByRole("button", { name: "Add a webhook" }).click();
    const dialog = dora.getByRole("dialog");
    await dialog.getByLabel("Name", { exact: true }).fill("to-chat");
    await dialog.getByRole("checkbox", { name: "model_version.created" }).click();
    await dialog.getByLabel("Address", { exact: true }).fill("https://hooks.example.com/x");
    await dialog.getByRole("button", { name: "Add a webhook" }).click();
    await expect(dora.getByRole("row").filter({ hasText: "to-chat" })).toContainText("active");
    await dora.getByRole("link", { name: model }).click();
    await expect(dora).toHaveURL(`${of}?tab=webhooks`);
    const row = dora
      .getByRole("region", { name: "Webhooks" })
      .getByRole("row")
      .filter({ hasText: "to-chat" });
    await expect(row).toContainText("model_version.created");
    await row.getByRole("link", { name: "to-chat" }).click();
    await expect(dora.getByRole("dialog")).toBeVisible();
  });
});
