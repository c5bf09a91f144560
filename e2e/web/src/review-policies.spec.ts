import { expect } from "@playwright/test";
import { addVersion, askerFor, enter, headOf, makeTeam, missing, model } from "./review-team.ts";
import { test } from "./server-fixture.ts";

const frozen = `policies:
  - name: production
    model: "fraud-*"
    targets: ["@champion"]
    approvals: { count: 0 }
    checks: [ci/bias]
    break_glass: { roles: [admin] }
    freeze_windows:
      - { name: quarter end, days: [mon, tue, wed, thu, fri, sat, sun] }
`;

test("policies are read by all, tried on requests and put into force; what they freeze moves by breaking the glass", async ({
  browser,
  securedServer: { url, welcome },
}) => {
  test.setTimeout(240_000);
  const ask = askerFor(url);
  await makeTeam(url, welcome, ask);
  await ask("dora", "/api/2.0/mlflow/registered-models/create", { name: model });
  const version = await addVersion(ask, 0.9);
  const opened = await ask<{ result: { data: { requestId: number } } }>(
    ...([
      "dora",
      "/trpc/review/requests.open",
      { model, moves: [{ target: { kind: "alias", alias: "champion" }, version: Number(version) }] },
    ] as const),
  );
  const { requestId } = opened.result.data;

  await test.step("who may not change them reads them, and is not offered more", async () => {
    const dora = await enter(browser, url, "dora", "/reviews/policies");
    const main = dora.getByRole("main");
    await expect(main.getByText("Administrators of the workspace change the policies.")).toBeVisible();
    await expect(main.getByRole("textbox", { name: "Policies in YAML" })).not.toBeEditable();
    await expect(main.getByRole("button", { name: "Propose" })).toHaveCount(0);
    await dora.context().close();
  });

  const ann = await enter(browser, url, "ann", "/reviews/policies");
  const yaml = ann.getByRole("textbox", { name: "Policies in YAML" });
  await test.step("a mistake is named with its line, a draft survives, and a trial changes nothing", async () => {
    await yaml.fill("policies:\n  - name: production\n    targets: champion\n");
    await ann.getByRole("button", { name: "Propose" }).click();
    await expect(ann.getByRole("main").getByRole("alert")).toContainText("line 3: policies[0].targets");
    await yaml.fill(frozen);
    await ann.reload();
    await expect(yaml, "a draft survives").toHaveValue(frozen);
    await ann.getByRole("button", { name: "Try on the last 50 requests" }).click();
    const trial = ann.getByRole("region", { name: "What it would have done" });
    await expect(trial).toContainText("1 held back, 0 let through");
    await expect(trial.getByRole("row").nth(1)).toContainText("Frozen: quarter end");
    await expect(ann.getByText("No policies yet")).toBeVisible();
  });

  let token = "";
  const report = async () => {
    const answer = await fetch(`${url}/api/reviews/${requestId}/checks`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: JSON.stringify({
        name: "ci/bias",
        conclusion: "success",
        summary: "No group **differs**.",
        head_digest: await headOf(ask, requestId),
        details_url: "https://ci.example/jobs/1",
      }),
    });
    return answer.status;
  };
  await test.step("they are in force, and a token lets a check elsewhere report", async () => {
    await ann.getByRole("button", { name: "Propose" }).click();
    await expect(ann.getByRole("region", { name: "Document" })).toContainText("Revision 1");
    await expect(ann.getByRole("region", { name: "Revisions" })).toContainText("by ann");
    const tokens = ann.getByRole("region", { name: "Tokens of checks" });
    await tokens.getByLabel("Check").fill("ci/bias");
    await tokens.getByLabel("Models").fill("fraud-*");
    await tokens.getByRole("button", { name: "Make a token" }).click();
    token = (await tokens.getByText(/^rwc_/).textContent()) ?? "";
    // The head is another under the policy, which whoever looks at the request next finds out.
    await ask("dora", "/trpc/review/checks.run", { requestId });
    expect(await report()).toBe(200);
    await tokens.getByRole("button", { name: "Revoke" }).click();
    await ann.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
    await expect(tokens.getByText("revoked")).toBeVisible();
    expect(await report()).toBe(401);
  });

  await test.step("a frozen target moves for nobody, but by breaking the glass with a reason", async () => {
    const dora = await enter(browser, url, "dora", `/reviews/${requestId}?tab=checks`);
    await expect(dora.getByRole("region", { name: "Check ci/bias" })).toContainText("No group differs.");
    await expect(missing(dora)).toContainText("Frozen: quarter end");
    await expect(missing(dora)).toContainText("Check ci/bias passed");
    await expect(missing(dora).getByRole("button", { name: "Apply anyway" })).toHaveCount(0);
    await ann.goto(`${url}/reviews/${requestId}`);
    await missing(ann).getByRole("button", { name: "Apply anyway" }).click();
    const dialog = ann.getByRole("dialog");
    await expect(dialog.getByRole("button", { name: "Apply anyway" })).toBeDisabled();
    await dialog.getByLabel("Reason").fill("short");
    await dialog.getByRole("button", { name: "Apply anyway" }).click();
    await expect(dialog.getByRole("alert")).toContainText("10 to 2000");
    await dialog.getByLabel("Reason").fill("The old champion times out for everybody.");
    await dialog.getByRole("button", { name: "Apply anyway" }).click();
    await expect(missing(ann)).toContainText("Applied by ann");
    await expect(missing(dora)).toContainText("Applied by ann");
    await expect(ann.getByRole("list", { name: "Conversation" })).toContainText(
      "applied it although something was missing: The old champion times out for everybody.",
    );
    await ann.goto(`${url}/settings/audit?action=review.break-glass`);
    await expect(ann.getByRole("row").filter({ hasText: `#${requestId} ` })).toContainText("ann");
  });

  await test.step("other policies wait for somebody to approve them", async () => {
    await ann.goto(`${url}/reviews/policies`);
    await yaml.fill(`${frozen}changes: { approvals: { count: 1 } }\n`);
    await ann.getByRole("button", { name: "Propose" }).click();
    await expect(ann.getByRole("region", { name: "Document" })).toContainText("Revision 2");
    await yaml.fill("policies: []\n");
    await ann.getByRole("button", { name: "Propose" }).click();
    await expect(ann).toHaveURL(/\/reviews\/\d+$/);
    await expect(missing(ann)).toContainText("0 of 1 approval");
    await ann.getByRole("tab", { name: /^Changes/ }).click();
    await expect(ann.getByRole("region", { name: "Policies" })).toContainText("break_glass");
  });
});
