import { expect, type Page } from "@playwright/test";
import { runPython, test } from "./server-fixture.ts";

/** Its per cent sign and blank must survive addresses, filters and snippets. */
const name = "fraud 100%";

const register = `
import mlflow
from mlflow import MlflowClient
from mlflow.models import ModelSignature
from mlflow.types import ColSpec, Schema

class Score(mlflow.pyfunc.PythonModel):
    def predict(self, context, model_input, params=None):
        return [0.5] * len(model_input)

name = "${name}"
mlflow.set_experiment("fraud")
columns = [ColSpec("double", "amount"), ColSpec("string", "country")]
for auc, rate in ((0.91, 0.1), (0.93, 0.05), (0.95, 0.01)):
    if auc == 0.95: columns.append(ColSpec("double", "device_age", required=False))
    with mlflow.start_run(run_name=f"fit {rate}") as run:
        mlflow.log_params({"learning_rate": rate, "leaves": 31})
        mlflow.log_metric("auc", auc)
        mlflow.pyfunc.log_model(
            name="model", python_model=Score(), pip_requirements=["mlflow"], registered_model_name=name,
            signature=ModelSignature(inputs=Schema(columns), outputs=Schema([ColSpec("double")])))
client = MlflowClient()
client.update_registered_model(name, "# What it is for\\n\\nIt scores **payments**, AUC {{auc @champion}} <script>document.title = 'taken'</script>\\n\\n![seen](https://elsewhere.example/pixel.png)")
client.set_registered_model_tag(name, "team", "risk")
client.set_registered_model_alias(name, "champion", "1")
client.transition_model_version_stage(name, "1", "Production")
for index in range(150): client.create_registered_model(f"bulk-{index:03}")
print(run.info.run_id)
`;

test("without models the page says how the first one is made", async ({ page, freshServer }) => {
  await page.goto(freshServer);
  await page.getByRole("link", { name: "Models", exact: true }).click();
  await expect(page.getByRole("heading", { name: "No models yet" })).toBeVisible();
  await expect(page.getByText("registered_model_name=")).toBeVisible();
  await page.goto(`${freshServer}/models/nothing`);
  await expect(page.getByRole("alert").filter({ hasText: "nothing" })).toBeVisible();
});

test("models that a client registered are found, read, compared, promoted and deleted", async ({
  page,
  server,
}) => {
  test.setTimeout(240_000);
  const runId = (await runPython(server, register).finished).trim().split("\n").at(-1) ?? "";

  await test.step("the list is searched by words, by a filter, and walked by keyboard", async () => {
    await page.goto(`${server}/models`);
    const row = page.getByRole("row").filter({ has: page.getByRole("link", { name }) });
    await expect(page.getByRole("link", { name: "bulk-149" })).toBeVisible();
    await page.keyboard.press("/");
    await page.keyboard.type("FRAUD 1");
    await expect(row).toContainText("@champion");
    await expect(row).toContainText("Production");
    await expect(page.getByRole("link", { name: "bulk-000" })).toHaveCount(0);
    await page.getByRole("textbox", { name: "Search models" }).fill("tags.team = ");
    await page.keyboard.press("Enter");
    const note = page.locator("#model-search-note");
    await expect(note, "half a filter is refused where it was typed").not.toBeEmpty();
    await page.getByRole("textbox", { name: "Search models" }).fill("tags.team = 'risk'");
    await page.keyboard.press("Enter");
    await expect(note).toBeEmpty();
    await expect(row).toBeVisible();
    await page.getByRole("textbox", { name: "Search models" }).fill("no model of this name");
    await expect(page.getByRole("heading", { name: "No model matches" })).toBeVisible();

    await page.getByRole("button", { name: "Clear" }).click();
    await page.getByRole("button", { name: "Alias", exact: true }).click();
    await page.getByRole("menuitem", { name: "champion" }).click();
    await expect(row).toBeVisible();
    await expect(page.getByRole("link", { name: "bulk-000" })).toHaveCount(0);

    await page.goto(`${server}/models?order=name`);
    await expect(page.getByRole("link", { name: "bulk-000" })).toBeVisible();
    await page.getByRole("table", { name: "Models" }).hover();
    await expect(async () => {
      await page.mouse.wheel(0, 4_000);
      await expect(row).toBeVisible({ timeout: 500 });
    }, "behind the first page").toPass();
    await page.goto(`${server}/models?q=fraud`);
    await expect(row).toBeVisible();
    await page.keyboard.press("j");
    await expect(page.getByRole("link", { name })).toBeFocused();
    await page.keyboard.press("Enter");
  });

  await test.step("its page shows the card, what serves, and the versions", async () => {
    await expect(page).toHaveURL(`${server}/models/fraud%20100%25`);
    await expect(page.getByRole("heading", { name: "What it is for" })).toBeVisible();
    await expect(page.getByRole("link", { name: "seen" }), "no picture from elsewhere").toBeVisible();
    await expect(page.getByRole("region", { name: "Model card" })).toContainText("AUC 0.91");
    await expect(page).toHaveTitle(/fraud/);
    const serving = page.getByRole("region", { name: "Aliases and stages" });
    await expect(serving.getByRole("row").first()).toContainText("Version 1");
    await expect(page.getByText(`load_model("models:/${name}@champion")`)).toBeVisible();
    await page.getByRole("tab", { name: "Versions" }).click();
    await page.getByRole("checkbox", { name: "Choose version 1" }).click();
    await page.getByRole("checkbox", { name: "Choose version 3" }).click();
    await page.getByRole("link", { name: "Compare 1 with 3" }).click();
  });

  await test.step("two versions are compared", async () => {
    await expect(page.getByRole("row", { name: /^auc/ })).toContainText("+0.04");
    await expect(page.getByRole("row", { name: /^learning_rate/ })).toContainText("0.01");
    await expect(page.getByText("leaves")).toHaveCount(0);
    await page.getByRole("switch", { name: "Only differences" }).click();
    await expect(page.getByRole("row", { name: /^leaves/ })).toContainText("31");
    await expect(page.getByRole("region", { name: "Signature" })).toContainText(
      "input device_age: double, optional",
    );
  });

  await test.step("a version shows what it is made of", async () => {
    await page.goto(`${server}/models/${encodeURIComponent(name)}/3`);
    await expect(page.getByRole("region", { name: "Metrics" })).toContainText("0.95");
    await expect(page.getByRole("region", { name: "Inputs" })).toContainText("device_age");
    await expect(page.getByRole("region", { name: "Params" })).toContainText("learning_rate");
    await page.getByRole("radio", { name: "curl" }).click();
    await expect(page.getByText("model-versions/get?name=fraud+100%25&version=3")).toBeVisible();
    await page.getByRole("tab", { name: "Artifacts" }).click();
    await page.getByRole("treeitem", { name: /MLmodel/ }).click();
    await expect(page.getByText("python_function").first()).toBeVisible();
    await page.getByRole("tab", { name: "Overview" }).click();
    const lineage = page.getByRole("region", { name: "Lineage" });
    await expect(lineage.locator("[data-line]").first(), "it is drawn").toBeAttached();
    await lineage.getByRole("radio", { name: "List" }).click();
    await expect(lineage.getByRole("link", { name: "fit 0.01" })).toBeVisible();
    await lineage.getByRole("radio", { name: "Graph" }).click();
    await lineage.getByRole("link", { name: "fit 0.01" }).focus();
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(new RegExp(`/runs/${runId}`));
    await page
      .getByRole("region", { name: "Registered versions" })
      .getByRole("link", { name: `${name} 3` })
      .click();
    await expect(page.getByRole("heading", { name: "Version 3" })).toBeVisible();
  });

  await test.step("an alias moves, is seen by clients, and goes back", async () => {
    await page.getByRole("button", { name: "Aliases" }).click();
    await page.getByRole("textbox", { name: "Point an alias here" }).fill("champion");
    await page.getByRole("button", { name: "Move from version 1" }).click();
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expect(page.getByText("@champion", { exact: true })).toBeVisible();
    expect(await championOf(server)).toBe("3");
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(page.getByText("@champion", { exact: true })).toHaveCount(0);
    await expect.poll(() => championOf(server)).toBe("1");
  });

  await test.step("a stage takes another version's place, and gives it back", async () => {
    await page.getByRole("button", { name: "Move to a stage" }).click();
    await expect(page.getByRole("checkbox", { name: "Archive version 1" })).toBeChecked();
    await page.getByRole("button", { name: "Move to Production" }).click();
    await expect(page.getByText("Version 3 is in Production").first()).toBeVisible();
    expect(await stagesOf(server)).toEqual(["Archived", "None", "Production"]);
    await page.getByRole("button", { name: "Undo" }).last().click();
    await expect.poll(() => stagesOf(server)).toEqual(["Production", "None", "None"]);
  });

  await test.step("all of it is in the history, and what was champion then is one question", async () => {
    await page.goto(`${server}/models/${encodeURIComponent(name)}?tab=history`);
    const moves = page.getByRole("region", { name: "Moves" });
    await expect(moves.getByRole("listitem").filter({ hasText: "@champion" })).toHaveCount(3);
    await expect(moves).toContainText("version 1→toversion 3");
    await page.getByRole("textbox", { name: "What was" }).fill("@champion");
    await page.getByLabel("On", { exact: true }).fill("2999-01-01T00:00");
    await expect(page.getByRole("region", { name: "What was it then" })).toContainText("Version 1");
  });

  await test.step("a description is written and a version deleted", async () => {
    await page.goto(`${server}/models/${encodeURIComponent(name)}/2`);
    const menu = page.getByRole("button", { name: "Actions for version 2" });
    await menu.click();
    await page.getByRole("menuitem", { name: "Edit description" }).click();
    await page.getByRole("textbox", { name: /Markdown/ }).fill("Between the others");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("region", { name: "Description" })).toContainText("Between");
    await menu.click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await expect(page.getByRole("dialog")).toContainText("cannot be undone");
    await page.getByRole("button", { name: "Delete version 2" }).click();
    await expect(page.getByRole("link", { name: "Version 3" })).toBeVisible();
    await expect(page.getByRole("link", { name: "Version 2" })).toHaveCount(0);
  });

  await test.step("the palette finds the model", async () => {
    await page.goto(server);
    await page.keyboard.press("ControlOrMeta+k");
    await page.keyboard.type("fraud 100");
    await page.getByRole("option", { name: /fraud 100%/ }).click();
    await expect(page).toHaveURL(`${server}/models/fraud%20100%25`);
  });

  await test.step("nothing is wider than a telephone", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    const of = `/models/${encodeURIComponent(name)}`;
    for (const path of ["/models", of, `${of}?tab=versions`, `${of}/3`, `${of}/compare?a=1&b=3`]) {
      await page.goto(`${server}${path}`);
      await expect(page.getByRole("row").nth(1)).toBeVisible();
      expect(await overflow(page), path).toBeLessThanOrEqual(0);
    }
  });
});

async function championOf(server: string): Promise<string> {
  const query = new URLSearchParams({ name, alias: "champion" });
  const answer = await fetch(`${server}/api/2.0/mlflow/registered-models/alias?${query}`);
  return ((await answer.json()) as { model_version: { version: string } }).model_version.version;
}

/** Of version 1, 2, 3. */
async function stagesOf(server: string): Promise<readonly string[]> {
  return Promise.all(
    ["1", "2", "3"].map(async (version) => {
      const query = new URLSearchParams({ name, version });
      const answer = await fetch(`${server}/api/2.0/mlflow/model-versions/get?${query}`);
      return ((await answer.json()) as { model_version: { current_stage: string } }).model_version
        .current_stage;
    }),
  );
}

function overflow(page: Page): Promise<number> {
  return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
}
