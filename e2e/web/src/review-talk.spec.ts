import { expect } from "@playwright/test";
import { addVersion, approve, askerFor, enter, makeTeam, missing, model } from "./review-team.ts";
import { test } from "./server-fixture.ts";

test("a request is read and talked about by keyboard; what one says one may change, take back, and finish later", async ({
  browser,
  securedServer: { url, welcome },
}) => {
  test.setTimeout(240_000);
  const ask = askerFor(url);
  await makeTeam(url, welcome, ask);
  await ask("dora", "/api/2.0/mlflow/registered-models/create", { name: model });
  const versions = [await addVersion(ask, 0.9), await addVersion(ask, 0.95)];
  await ask("dora", "/api/2.0/mlflow/registered-models/alias", {
    name: model,
    alias: "champion",
    version: versions[0],
  });
  const dora = await enter(browser, url, "dora", `/reviews/new?model=${model}&target=Production`);
  await expect(dora.getByRole("radio", { name: "Stage" }), "the address says which target").toBeChecked();
  await expect(dora.getByRole("textbox", { name: "Stage" })).toHaveValue("Production");
  await dora.goto(`${url}/reviews/new?model=${model}&version=${versions[1]}&target=%40champion`);
  await dora.getByRole("button", { name: "Open the request" }).click();
  await expect(dora).toHaveURL(/\/reviews\/\d+$/);
  const path = new URL(dora.url()).pathname;
  const olga = await enter(browser, url, "olga", `${path}?tab=changes&all=1`);

  await test.step("what is no number of a request says so, and leads to those that are", async () => {
    await olga.goto(`${url}/reviews/abc`);
    await expect(olga.getByRole("main").getByRole("alert")).toContainText("found “abc”");
    await olga.getByRole("link", { name: "All requests" }).click();
    await expect(olga.getByRole("heading", { name: "Reviews" })).toBeVisible();
    await olga.goto(`${url}/reviews/new`);
    await olga.getByLabel("Model", { exact: true }).fill(model);
    await expect(olga.getByText("No policy names this target")).toBeVisible();
    await olga.goto(`${url}${path}?tab=changes&all=1`);
  });

  await test.step("j goes to a row, and c begins a thread on it", async () => {
    await expect(olga.getByRole("row", { name: /^auc/ })).toBeVisible();
    await olga.keyboard.press("j");
    await expect(olga.getByRole("link", { name: /^auc/ })).toBeFocused();
    await olga.keyboard.press("c");
    const box = olga.getByRole("textbox", { name: "Comment on metrics:auc" });
    await box.fill("On which data?");
    await olga.reload();
    await olga.getByRole("link", { name: /^auc/ }).focus();
    await olga.keyboard.press("c");
    await expect(box, "what was not sent is kept").toHaveValue("On which data?");
    await box.press("ControlOrMeta+Enter");
    await expect(olga.getByRole("region", { name: "Thread" })).toContainText("On which data?");
  });

  const thread = dora.getByRole("region", { name: "Thread" });
  await test.step("a comment is changed by who wrote it, and says so", async () => {
    await dora.goto(`${url}${path}`);
    await expect(thread).toContainText("On which data?");
    await thread.getByRole("button", { name: "Answer" }).click();
    await thread.getByRole("textbox", { name: "Answer" }).fill("On the old one");
    await thread.getByRole("button", { name: "Answer" }).click();
    await expect(
      olga.getByRole("button", { name: "Actions for the comment of dora" }),
      "not by others",
    ).toHaveCount(0);
    await dora.getByRole("button", { name: "Actions for the comment of dora" }).click();
    await dora.getByRole("menuitem", { name: "Edit" }).click();
    const box = thread.getByRole("textbox", { name: "Comment" });
    await expect(box).toHaveValue("On the old one");
    await box.fill("On the **held-out** month");
    await dora.reload();
    await dora.getByRole("button", { name: "Actions for the comment of dora" }).click();
    await dora.getByRole("menuitem", { name: "Edit" }).click();
    await expect(box, "a change that was not sent is kept").toHaveValue("On the **held-out** month");
    await thread.getByRole("button", { name: "Save" }).click();
    await expect(thread).toContainText("On the held-out month");
    await expect(thread.getByText("edited")).toBeVisible();
    await expect(olga.getByRole("region", { name: "Thread" })).toContainText("On the held-out month");
  });

  await test.step("and deleted by them; its answers stay", async () => {
    await olga.getByRole("button", { name: "Actions for the comment of olga" }).click();
    await olga.getByRole("menuitem", { name: "Delete" }).click();
    await olga.getByRole("dialog").getByRole("button", { name: "Delete the comment" }).click();
    await expect(thread).toContainText("deleted");
    await expect(thread).not.toContainText("On which data?");
    await expect(thread).toContainText("On the held-out month");
  });

  await test.step("a comment shows at once as being sent, and when it fails it is kept until it is sent again", async () => {
    const conversation = dora.getByRole("list", { name: "Conversation" });
    let answer = () => {};
    const asked = new Promise<void>((done) => {
      answer = done;
    });
    await dora.route(/comments\.add/, async (route) => {
      await asked;
      await route.abort();
    });
    const box = dora.getByRole("region", { name: "Say something" });
    await box.getByRole("textbox", { name: "Comment" }).fill("Said **once**");
    await box.getByRole("button", { name: "Comment" }).click();
    const mine = conversation.getByRole("article", { name: "Your comment" });
    await expect(mine).toContainText("sending…");
    await expect(mine).toContainText("Said once");
    await expect(box.getByRole("textbox", { name: "Comment" })).toHaveValue("");
    answer();
    await expect(mine).toContainText("not sent");
    await dora.reload();
    await expect(mine, "also over a reload").toContainText("Said once");
    await dora.unroute(/comments\.add/);
    await mine.getByRole("button", { name: "Send again" }).click();
    await expect(conversation.getByRole("region", { name: "Thread" }).last()).toContainText("Said once");
    await expect(mine).toHaveCount(0);
    await expect(dora.getByText("Said once")).toHaveCount(1);

    await dora.route(/comments\.add/, async (route) => {
      await route.fetch();
      await route.abort();
    });
    await box.getByRole("textbox", { name: "Comment" }).fill("Its answer was lost");
    await box.getByRole("button", { name: "Comment" }).click();
    await expect(mine).toContainText("not sent");
    await dora.unroute(/comments\.add/);
    await mine.getByRole("button", { name: "Send again" }).click();
    await expect(mine).toHaveCount(0);
    await expect(dora.getByText("Its answer was lost"), "it had come, and stands there once").toHaveCount(1);

    await dora.route(/comments\.add/, (route) => route.abort());
    await thread.first().getByRole("button", { name: "Answer" }).click();
    await thread.first().getByRole("textbox", { name: "Answer" }).fill("Not meant");
    await thread.first().getByRole("button", { name: "Answer" }).click();
    await expect(thread.first().getByRole("article", { name: "Your comment" })).toContainText("not sent");
    await thread.first().getByRole("button", { name: "Discard" }).click();
    await expect(dora.getByText("Not meant")).toHaveCount(0);
    await dora.unroute(/comments\.add/);
  });

  await test.step("a resolution shows at once, and goes when the server does not know of it", async () => {
    let answer = () => {};
    const asked = new Promise<void>((done) => {
      answer = done;
    });
    await dora.route(/comments\.resolve/, async (route) => {
      await asked;
      await route.abort();
    });
    await thread.first().getByRole("button", { name: "Resolve" }).click();
    await expect(dora.getByText("resolved", { exact: true })).toBeVisible();
    answer();
    await expect(dora.getByText("The thread stays as it was", { exact: true })).toBeVisible();
    await expect(thread.first().getByRole("button", { name: "Resolve" })).toBeVisible();
    await dora.unroute(/comments\.resolve/);
  });

  await test.step("a asks for a verdict; what was begun is there when it is opened again", async () => {
    await olga.goto(`${url}${path}`);
    await expect(missing(olga).getByRole("button", { name: "Review" })).toBeEnabled();
    await olga.keyboard.press("a");
    await olga.getByRole("dialog").getByLabel("What you found").fill("Better everywhere.");
    await olga.keyboard.press("Escape");
    await olga.keyboard.press("a");
    await expect(olga.getByRole("dialog").getByLabel("What you found")).toHaveValue("Better everywhere.");
    await olga.keyboard.press("Escape");
    await approve(olga);
    await expect(olga.getByRole("list", { name: "Conversation" })).toContainText("Better everywhere.");
    await expect(dora.getByRole("region", { name: "Reviewers" })).toContainText("olgaapproved");
  });
});
