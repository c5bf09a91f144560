import { type Browser, expect, type Page } from "@playwright/test";

export const password = "correct horse battery";
export const model = "fraud-gbm";

export const policies = `policies:
  - name: production
    model: "fraud-*"
    targets: ["@champion", Production]
    approvals: { count: 2, groups: [risk-owners] }
    checks: [metrics]
    metrics: { gates: ["auc >= base - 0.01"] }
    require_resolved_threads: true
    direct_moves: deny
`;

/** Sends as a program does, with a name and a password. */
export function senderFor(url: string) {
  return async (name: string, path: string, body: unknown, method = "POST") => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Basic ${Buffer.from(`${name}:${password}`).toString("base64")}`,
        "content-type": "application/json",
      },
      ...(method === "GET" ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, text: await response.text() };
  };
}

/** The same, which expects to be answered. */
export function askerFor(url: string) {
  const send = senderFor(url);
  return async <Answer>(name: string, path: string, body: unknown, method?: string): Promise<Answer> => {
    const { status, text } = await send(name, path, body, method);
    if (status !== 200) throw new Error(`${status} ${text}`);
    return JSON.parse(text) as Answer;
  };
}

export type Ask = ReturnType<typeof askerFor>;

/** An administrator, a data scientist, three who may edit and a guest; two of them, and the scientist, own the risk. */
export async function makeTeam(url: string, welcome: string, ask: Ask): Promise<void> {
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
  for (const username of ["dora", "olga", "otto", "paul", "gina"]) {
    const { user } = await ask<{ user: { id: string | number } }>("ann", "/api/2.0/mlflow/users/create", {
      username,
      password,
    });
    const member = { kind: "user", id: String(user.id) };
    await directory("members.set", { ...member, role: username === "gina" ? "guest" : "editor" });
    if (!["paul", "gina"].includes(username)) await directory("groups.addMember", { groupId, member });
  }
}

/** A version of the model, of a run with this score. */
export async function addVersion(ask: Ask, auc: number): Promise<string> {
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
export async function enter(browser: Browser, url: string, name: string, path: string): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  await page.goto(`${url}${path}`);
  await page.getByLabel("User name or e-mail address").fill(name);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("button", { name })).toBeVisible();
  return page;
}

export async function approve(page: Page): Promise<void> {
  // The key means nothing until the page knows that this person may.
  await expect(missing(page).getByRole("button", { name: "Review" })).toBeEnabled();
  await page.keyboard.press("a");
  await page.getByRole("dialog").getByRole("button", { name: "Approve" }).click();
  await expect(page.getByRole("dialog")).toBeHidden();
}

/** The box that says what is missing. */
export const missing = (page: Page) => page.getByRole("region", { name: "What is missing" });

/** What the page of a request is told. */
async function readRequest(ask: Ask, requestId: number) {
  const input = encodeURIComponent(JSON.stringify({ requestId }));
  const answer = await ask<{
    result: { data: { request: { headDigest: string }; threads: readonly { threadId: number }[] } };
  }>("ann", `/trpc/review/requests.get?input=${input}`, undefined, "GET");
  return answer.result.data;
}

export async function headOf(ask: Ask, requestId: number): Promise<string> {
  return (await readRequest(ask, requestId)).request.headDigest;
}

/** Its first thread, whose number is that of the comment it began with. */
export async function findThread(ask: Ask, requestId: number): Promise<number> {
  const [thread] = (await readRequest(ask, requestId)).threads;
  if (!thread) throw new Error(`request ${requestId} has no thread`);
  return thread.threadId;
}

/** Refusals in the audit log as `dora: approve #1`: who, what, and the request or the target. */
export async function readRefusals(url: string): Promise<readonly string[]> {
  const { status, text } = await senderFor(url)("ann", "/api/audit.ndjson?action=review.refuse", {}, "GET");
  if (status !== 200) throw new Error(`${status} ${text}`);
  return text
    .trimEnd()
    .split("\n")
    .map((line) => {
      const { actor, after, object } = JSON.parse(line) as {
        actor: { name: string };
        after: { attempt: string };
        object: { name: string };
      };
      const what = /^#\d+/.exec(object.name)?.[0] ?? object.name.split(" ").at(-1);
      return `${actor.name}: ${after.attempt} ${what}`;
    });
}

interface ChainVerdict {
  readonly verified: { readonly sequence: number };
  readonly head: { readonly sequence: number };
  readonly fault: unknown;
}

export async function verifyChain(ask: Ask): Promise<ChainVerdict> {
  const answer = await ask<{ result: { data: ChainVerdict } }>("ann", "/trpc/identity/audit.verify", {});
  return answer.result.data;
}
