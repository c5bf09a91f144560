import { expect } from "@playwright/test";
import {
  addVersion,
  approve,
  askerFor,
  enter,
  headOf,
  makeTeam,
  missing,
  model,
  policies,
  senderFor,
} from "./review-team.ts";
import { test } from "./server-fixture.ts";

test("a request, the inbox and the bar show what others do as it happens, for as long as the reader may see it", async ({
  browser,
  securedServer: { url, welcome },
}) => {
  test.setTimeout(240_000);
  const ask = askerFor(url);
  await makeTeam(url, welcome, ask);
  await ask("dora", "/api/2.0/mlflow/registered-models/create", { name: model });
  const versions = [await addVersion(ask, 0.9), await addVersion(ask, 0.95), await addVersion(ask, 0.96)];
  await ask("ann", "/trpc/review/policies.propose", { document: policies, baseRevision: 0 });
  const open = async (version: string | undefined) =>
    (
      await ask<{ result: { data: { requestId: number } } }>("dora", "/trpc/review/requests.open", {
        model,
        moves: [{ target: { kind: "alias", alias: "champion" }, version: Number(version) }],
      })
    ).result.data.requestId;

  const olga = await enter(browser, url, "olga", "/reviews");
  await expect(olga.getByRole("heading", { name: "Nothing waits for you" })).toBeVisible();
  const requestId = await open(versions[0]);
  const listed = olga.getByRole("link", { name: `Promote version ${versions[0]} to @champion` });
  await expect(listed, "it comes into the inbox").toBeVisible();
  await expect(olga.getByRole("link", { name: "Reviews, 1 waiting" }), "and is counted").toBeVisible();

  const otto = await enter(browser, url, "otto", `/reviews/${requestId}`);
  await listed.click();
  await approve(olga);
  await expect(missing(otto)).toContainText("1 of 2 approvals");
  await expect(olga.getByRole("link", { name: "Reviews", exact: true }), "it waits no more").toBeVisible();

  await otto.getByRole("textbox", { name: "Comment" }).fill("Half a sentence");
  await olga.getByRole("textbox", { name: "Comment" }).fill("Look at **March**");
  await olga.getByRole("button", { name: "Comment" }).click();
  await expect(otto.getByRole("region", { name: "Thread" })).toContainText("Look at March");
  await expect(
    otto.getByRole("textbox", { name: "Comment" }),
    "what somebody writes meanwhile stays",
  ).toHaveValue("Half a sentence");

  await test.step("another request of the model moves what this one starts from", async () => {
    const rival = await open(versions[1]);
    await olga.goto(`${url}/reviews/${rival}`);
    await approve(olga);
    const second = await enter(browser, url, "otto", `/reviews/${rival}`);
    await approve(second);
    await second.context().close();
    await missing(olga).getByRole("button", { name: "Apply", exact: true }).click();
    await olga.getByRole("dialog").getByRole("button", { name: "Apply" }).click();
    await expect(missing(otto)).toContainText("@champion has moved: it was nothing, and is version 2");
  });

  await test.step("the changes are against the new base as soon as somebody tries to apply", async () => {
    // Keys are what one writes while one writes.
    await otto.getByRole("heading", { level: 1 }).click();
    await approve(otto);
    await otto.getByRole("tab", { name: /^Changes/ }).click();
    await expect(otto.getByRole("columnheader", { name: "champion", exact: true })).toBeVisible();
    const merge = { requestId, headDigest: await headOf(ask, requestId) };
    const tried = await senderFor(url)("dora", "/trpc/review/requests.merge", merge);
    expect(tried.text).toContain("its base has moved");
    await expect(otto.getByRole("columnheader", { name: `v${versions[1]} champion` })).toBeVisible();
    await expect(otto.getByText(`base: version ${versions[1]}, there since`)).toBeVisible();
    await expect(otto.getByRole("row", { name: /^auc ↑/ })).toContainText("worse");
    await expect(missing(otto), "approvals are of the candidate, and stay").toContainText("2 of 2 approvals");
    await expect(missing(otto), "which gate it is").toContainText("Gate auc >= base - 0.01 does not hold.");
    await otto.getByRole("tab", { name: /^Conversation/ }).click();
    await expect(otto.getByText("Look at March")).toBeVisible();
  });

  await test.step("who loses the right to see it sees it no longer", async () => {
    const { users } = await ask<{ users: readonly { id: string | number; username: string }[] }>(
      ...(["ann", "/api/2.0/mlflow/users/list", undefined, "GET"] as const),
    );
    const id = String(users.find(({ username }) => username === "otto")?.id);
    await ask("ann", "/trpc/identity/directory.members.set", { kind: "user", id, role: "guest" });
    await expect(otto.getByRole("main").getByRole("alert")).toContainText("Permission denied");
    await expect(otto.getByText("Look at March")).toHaveCount(0);
  });
});
