import { expect } from "@playwright/test";
import { tryForbiddenSteps } from "./forbidden-steps.ts";
import {
  addVersion,
  approve,
  askerFor,
  enter,
  findThread,
  headOf,
  makeTeam,
  missing,
  model,
  policies,
  readRefusals,
  verifyChain,
} from "./review-team.ts";
import { test } from "./server-fixture.ts";

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
  const requestId = Number(path.split("/").at(-1));
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
  const staleDigest = await headOf(ask, requestId);

  let better = "";
  await test.step("another version: the check passes, and what was approved was something else", async () => {
    better = await addVersion(ask, 0.95);
    await dora.getByRole("button", { name: "Edit" }).click();
    await dora.getByRole("dialog").getByLabel("Version").fill(better);
    await dora.getByRole("dialog").getByRole("button", { name: "Save" }).click();
    await expect(missing(dora)).toContainText("0 of 2 approvals");
    await expect(missing(dora)).not.toContainText("Check metrics: failure");
    await expect(missing(olga)).toContainText("0 of 2 approvals");
    await expect(olga.getByRole("region", { name: "Reviewers" })).toContainText("olgastale");
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
    await expect(missing(dora)).toContainText("1 of 2 approvals");
  });

  await test.step("each forbidden step is refused by address, procedure and client, moves nothing, and is recorded", async () => {
    const stage = { name: model, version: better, stage: "Production" };
    await ask("dora", "/api/2.0/mlflow/transition-requests/create", stage);
    const expected = await tryForbiddenSteps(dora, url, {
      requestId,
      stageRequestId: requestId + 1,
      champion: first,
      other: better,
      staleDigest,
      headDigest: await headOf(ask, requestId),
      commentId: await findThread(ask, requestId),
    });
    const recorded = await readRefusals(url);
    for (const entry of expected) expect(recorded).toContain(entry);
    expect(new Set(recorded), "and nothing else is").toEqual(new Set(expected));
    expect(await championOf(url)).toBe(first);
    await expect(missing(dora)).toContainText("1 of 2 approvals");
    await ask("dora", "/api/2.0/mlflow/transition-requests/delete", { ...stage, creator: "dora" }, "DELETE");

    const gina = await enter(browser, url, "gina", path);
    const told = gina.getByRole("main").getByRole("alert");
    await expect(told, "a guest is told nothing of it").toContainText("no read permission");
    await expect(gina.getByText(model)).toHaveCount(0);
    await gina.context().close();
  });

  await test.step("a second owner approves, and the thread is resolved", async () => {
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
    expect(await championOf(url)).toBe(better);
    await missing(dora).getByRole("button", { name: "Revert" }).click();
    await dora.getByRole("dialog").getByRole("button", { name: "Open the revert" }).click();
    await expect(dora).not.toHaveURL(new RegExp(`${path}$`));
    await missing(dora).getByRole("button", { name: "Apply", exact: true }).click();
    await dora.getByRole("dialog").getByRole("button", { name: "Apply" }).click();
    await expect(missing(dora)).toContainText("Applied by dora");
    expect(await championOf(url)).toBe(first);
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

  await test.step("all of it is in the audit log, whose chain verifies", async () => {
    const ann = await enter(browser, url, "ann", "/settings/audit?action=review.refuse");
    await expect(
      ann
        .getByRole("row")
        .filter({ hasText: `${model} @champion` })
        .first(),
    ).toContainText("dora");
    await ann.goto(`${url}/settings/audit?q=${encodeURIComponent(`Revert #${requestId}`)}`);
    await expect(ann.getByRole("row").filter({ hasText: "review.apply" })).toContainText("dora");
    await ann.getByRole("button", { name: "Verify" }).click();
    const verified = await verifyChain(ask);
    await expect(ann.getByRole("status").getByText(/^Verified up to entry \d/)).toBeVisible();
    expect(verified.fault).toBeNull();
    expect(verified.verified.sequence).toBe(verified.head.sequence);
  });

  async function championOf(server: string): Promise<string> {
    const answer = await dora.request.get(
      `${server}/api/2.0/mlflow/registered-models/alias?name=${model}&alias=champion`,
    );
    return ((await answer.json()) as { model_version: { version: string } }).model_version.version;
  }
});
