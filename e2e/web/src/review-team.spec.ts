import { type Browser, expect, type Page } from "@playwright/test";
import { test } from "./server-fixture.ts";

const password = "correct horse battery";
const model = "fraud-gbm";

const policies = `policies:
  - name: production
    model: "fraud-*"
    targets: ["@champion"]
    approvals: { count: 2, groups: [risk-owners] }
    checks: [metrics]
    metrics: { gates: ["auc >= base - 0.01"] }
    require_resolved_threads: true
    direct_moves: deny
`;

/** Asks as a program does, with a name and a password. */
function askerFor(url: string) {
  return async <Answer>(name: string, path: string, body: unknown): Promise<Answer> => {
    const response = await fetch(`${url}${path}`, {
      method: "POST",
      headers: {
        authorization: `Basic ${Buffer.from(`${name}:${password}`).toString("base64")}`,
        "content-type": "application/json",
      },
      body: JSON.stringify(body),
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(`${response.status} ${JSON.stringify(answer)}`);
    return answer as Answer;
  };
}

type Ask = ReturnType<typeof askerFor>;

/** An administrator, a data scientist and three who may edit; two of them, and the scientist, own the risk. */
async function makeTeam(url: string, welcome: string, ask: Ask): Promise<void> {
  const token = welcome.replace(/.*\/welcome\//, "");
  await fetch(`${url}/api/auth/welcome`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ token, username: "ann", password }),
  });
  const directory = async <Data>(procedure: string, input: unknown) =>
    (await ask<{ result: { data: Data } }>("ann", `/trpc/identity/directory.${procedure}`, input)).result
      .data;
  const { groupId } = await directory<{ groupId: string }>("groups.create", { name: "risk-owners" });
  for (const username of ["dora", "olga", "otto", "paul"]) {
    const { user } = await ask<{ user: { id: string | number } }>("ann", "/api/2.0/mlflow/users/create", {
      username,
      password,
    });
    const member = { kind: "user", id: String(user.id) };
    await directory("members.set", { ...member, role: "editor" });
    if (username !== "paul") await directory("groups.addMember", { groupId, member });
  }
}

/** A version of the model, of a run with this score. */
async function addVersion(ask: Ask, auc: number): Promise<string> {
  const { run } = await ask<{ run: { info: { run_id: string } } }>("dora", "/api/2.0/mlflow/runs/create", {
    experiment_id: "0",
  });
  const runId = run.info.run_id;
  await ask("dora", "/api/2.0/mlflow/runs/log-batch", {
    run_id: runId,
    metrics: [{ key: "auc", value: auc, timestamp: 1, step: 0 }],
  });
  const made = await ask<{ model_version: { version: string } }>(
    "dora",
    "/api/2.0/mlflow/model-versions/create",
    { name: model, source: `runs:/${runId}/model`, run_id: runId },
  );
  return made.model_version.version;
}

/** In a browser of their own. */
async function enter(browser: Browser, url: string, name: string, path: string): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  await page.goto(`${url}${path}`);
  await page.getByLabel("User name or e-mail address").fill(name);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("button", { name })).toBeVisible();
  return page;
}

async function approve(page: Page): Promise<void> {
  await page.keyboard.press("a");
  await page.getByRole("dialog").getByRole("button", { name: "Approve" }).click();
  await expect(page.getByRole("dialog")).toBeHidden();
}

const missing = (page: Page) => page.getByRole("region", { name: "What is missing" });

test("a team reviews a promotion: a failing check, another version, stale approvals, two owners, and the way back", async ({
  browser,
  securedServer: { url, welcome },
}) => {
  test.setTimeout(300_000);
  const ask = askerFor(url);
  await makeTeam(url, welcome, ask);
  await ask("dora", "/api/2.0/mlflow/registered-models/create", { name: model });
  const first = await addVersion(ask, 0.93);
  await ask("dora", "/api/2.0/mlflow/registered-models/alias", {
    name: model,
    alias: "champion",
    version: first,
  });
  await ask("ann", "/trpc/review/policies.propose", { document: policies, baseRevision: 0 });
  const worse = await addVersion(ask, 0.8);

  const dora = await enter(
    browser,
    url,
    "dora",
    `/reviews/new?model=${model}&target=%40champion&version=${worse}`,
  );
  await dora.getByRole("button", { name: "Open the request" }).click();
  await expect(dora).toHaveURL(/\/reviews\/\d+$/);
  const path = new URL(dora.url()).pathname;
  await expect(missing(dora)).toContainText("0 of 2 approvals");
  await expect(missing(dora)).toContainText("Check metrics: failure");
  await expect(missing(dora).getByRole("button", { name: "Cannot apply yet" })).toBeDisabled();
  await expect(
    missing(dora).getByRole("button", { name: "Review" }),
    "nobody approves their own",
  ).toBeDisabled();

  const olga = await enter(browser, url, "olga", path);
  await approve(olga);
  await expect(missing(dora), "seen by who has it open").toContainText("1 of 2 approvals");

  await test.step("another version: the check passes, and what was approved was something else", async () => {
    const better = await addVersion(ask, 0.95);
    await dora.getByRole("button", { name: "Edit" }).click();
    await dora.getByRole("dialog").getByLabel("Version").fill(better);
    await dora.getByRole("dialog").getByRole("button", { name: "Save" }).click();
    await expect(missing(dora)).toContainText("0 of 2 approvals");
    await expect(missing(dora)).not.toContainText("Check metrics: failure");
    await expect(missing(olga)).toContainText("0 of 2 approvals");
    await expect(olga.getByRole("heading", { name: `Promote version ${better} to @champion` })).toBeVisible();
  });

  await test.step("a thread holds it back until it is resolved", async () => {
    await olga.getByRole("tab", { name: "Changes" }).click();
    await olga.getByRole("link", { name: /^auc/ }).focus();
    await olga.keyboard.press("c");
    await olga.getByRole("textbox", { name: /Comment on metrics:auc/ }).fill("On which month, @dora?");
    await olga.getByRole("button", { name: "Begin a thread" }).click();
    await expect(missing(dora)).toContainText("1 unresolved thread");
    await approve(olga);
    const paul = await enter(browser, url, "paul", path);
    await expect(missing(paul).getByRole("button", { name: "Review" }), "no owner").toBeDisabled();
    const otto = await enter(browser, url, "otto", path);
    await approve(otto);
    await expect(missing(dora)).toContainText("2 of 2 approvals");
    await expect(missing(dora).getByRole("button", { name: "Cannot apply yet" })).toBeDisabled();
    await dora.getByRole("region", { name: "Thread" }).getByRole("button", { name: "Resolve" }).click();
  });

  await test.step("it is applied, it regresses, and is taken back", async () => {
    await missing(dora).getByRole("button", { name: "Apply", exact: true }).click();
    await dora.getByRole("dialog").getByRole("button", { name: "Apply" }).click();
    await expect(missing(dora)).toContainText("Applied by dora");
    await expect(missing(olga)).toContainText("Applied by dora");
    await missing(dora).getByRole("button", { name: "Revert" }).click();
    await dora.getByRole("dialog").getByRole("button", { name: "Open the revert" }).click();
    await expect(dora).not.toHaveURL(new RegExp(`${path}$`));
    await missing(dora).getByRole("button", { name: "Apply", exact: true }).click();
    await dora.getByRole("dialog").getByRole("button", { name: "Apply" }).click();
    await expect(missing(dora)).toContainText("Applied by dora");
    const champion = await dora.request.get(
      `${url}/api/2.0/mlflow/registered-models/alias?name=${model}&alias=champion`,
    );
    expect(await champion.json()).toMatchObject({ model_version: { version: first } });
  });

  await test.step("an owner rejects what should not be, and says why", async () => {
    await dora.goto(`${url}/reviews/new?model=${model}&target=%40champion&version=${worse}`);
    await dora.getByRole("button", { name: "Open the request" }).click();
    await expect(missing(dora)).toContainText("Check metrics: failure");
    await olga.goto(dora.url());
    await missing(olga).getByRole("button", { name: "Reject" }).click();
    const dialog = olga.getByRole("dialog", { name: "Reject the request?" });
    await expect(dialog.getByRole("button", { name: "Reject the request" })).toBeDisabled();
    await dialog.getByLabel("Reason").fill("It is worse everywhere.");
    await dialog.getByRole("button", { name: "Reject the request" }).click();
    await expect(missing(olga)).toContainText("Rejected; nothing moved.");
    await expect(missing(dora)).toContainText("Rejected; nothing moved.");
  });

  await test.step("a client that moves the alias itself is sent to a request", async () => {
    const refused = ask("dora", "/api/2.0/mlflow/registered-models/alias", {
      ...{ name: model, alias: "champion" },
      version: worse,
    });
    await expect(refused).rejects.toThrow(/403.*\/reviews\/new\?model=fraud-gbm/);
  });
});
