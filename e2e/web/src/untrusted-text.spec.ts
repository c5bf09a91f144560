import { expect, type Page } from "@playwright/test";
import { hostileLine, hostileMarkdown, setTrap, type Trap } from "./hostile-text.ts";
import { test } from "./server-fixture.ts";

const model = "hostile";
const mark = "seen-by-readers";

interface Written {
  readonly experimentId: string;
  readonly runId: string;
  readonly requestId: number;
  readonly policyRequestId: number;
  readonly queryId: string;
}

/** Puts it wherever somebody may write something that others read: experiments, runs, models, reviews, saved queries. */
async function write(server: string, trap: string): Promise<Written> {
  const line = hostileLine(trap, mark);
  const text = hostileMarkdown(trap, mark);
  const send = async (path: string, body: object, headers: Readonly<Record<string, string>> = {}) => {
    const answer = await fetch(`${server}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  const mlflow = async (path: string, body: object) => {
    const answer = await send(`/api/2.0/mlflow/${path}`, body);
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    return answer.body;
  };
  const call = async <Data>(procedure: string, body: object): Promise<Data> => {
    const answer = await send(`/trpc/${procedure}`, body);
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    return (answer.body.result as { data: Data }).data;
  };
  const review = <Data>(procedure: string, body: object) => call<Data>(`review/${procedure}`, body);

  const { experiment_id } = await mlflow("experiments/create", {
    name: line,
    tags: [
      { key: "mlflow.note.content", value: text },
      { key: "note", value: line },
    ],
  });
  const runIds: string[] = [];
  await mlflow("registered-models/create", {
    name: model,
    description: text,
    tags: [{ key: "owner", value: line }],
  });
  for (const index of [1, 2]) {
    const { run } = await mlflow("runs/create", { experiment_id, run_name: line });
    const { run_id } = (run as { info: { run_id: string } }).info;
    runIds.push(run_id);
    await mlflow("runs/log-batch", {
      run_id,
      metrics: [{ key: "auc", value: index, timestamp: 1, step: 0 }],
      params: [{ key: "note", value: `${index} ${line}` }],
      tags: [
        { key: "mlflow.note.content", value: text },
        { key: "mlflow.user", value: line },
        { key: "mlflow.source.name", value: `${trap}/source` },
        { key: "note", value: line },
      ],
    });
    await mlflow("runs/log-inputs", {
      run_id,
      datasets: [
        {
          tags: [{ key: "mlflow.data.context", value: "training" }],
          dataset: {
            name: line,
            digest: String(index),
            source_type: "code",
            source: "{}",
            schema: JSON.stringify({ mlflow_colspec: [{ name: line, type: `${index} ${line}` }] }),
            profile: JSON.stringify({ columns: { [line]: { mean: index, std: 1 } } }),
          },
        },
      ],
    });
    // What runs shimmers as what loads does.
    await mlflow("runs/update", { run_id, status: "FINISHED" });
    await mlflow("model-versions/create", {
      name: model,
      source: `runs:/${run_id}/model`,
      run_id,
      description: `${index}\n\n${text}`,
      tags: [{ key: "note", value: line }],
    });
  }
  await mlflow("registered-models/alias", { name: model, alias: "champion", version: "1" });

  await review("policies.propose", {
    baseRevision: 0,
    document: `# ${line}\npolicies:\n  - name: ${JSON.stringify(line)}\n    targets: ["@champion"]\n    approvals: {count: 1}\nchanges: {approvals: {count: 1}}`,
  });
  const { request } = await review<{ request: { requestId: number } }>("policies.propose", {
    baseRevision: 1,
    title: line,
    document: `# ${line}\n# again ${line}\npolicies: []`,
  });
  const opened = await review<{ requestId: number; headDigest: string }>("requests.open", {
    model,
    title: line,
    body: text,
    moves: [{ target: { kind: "alias", alias: "champion" }, version: 2 }],
  });
  const { requestId, headDigest } = opened;
  for (const more of [{}, { anchor: "params:note" }, { anchor: "metrics:auc" }])
    await review("comments.add", { requestId, body: text, ...more });
  const { token } = await review<{ token: string }>("checkTokens.create", { checkName: line.slice(0, 200) });
  const report = {
    name: line.slice(0, 200),
    head_digest: headDigest,
    conclusion: "failure",
    title: line,
    summary: text,
    annotations: [{ annotation_level: "failure", message: line, title: line, anchor: "metrics:auc" }],
  };
  const check = (more: object) =>
    send(`/api/reviews/${requestId}/checks`, { ...report, ...more }, { authorization: `Bearer ${token}` });
  expect((await check({ details_url: "javascript:window.ran='details'" })).status).toBe(400);
  expect((await check({ details_url: `${trap}/details` })).status).toBe(200);
  const made = await send("/api/snapshots", {});
  expect(made.status, JSON.stringify(made.body)).toBeLessThan(300);
  const { queryId } = await call<{ queryId: string }>("analytics/savedQueries.create", {
    name: line,
    sql: `SELECT run_name, params['note'] AS "${mark} <i>note</i>", tags FROM runs ORDER BY run_no`,
    isShared: true,
  });
  const [runId] = runIds as [string];
  return {
    experimentId: String(experiment_id),
    runId,
    requestId,
    policyRequestId: request.requestId,
    queryId,
  };
}

/** What would have run, gone or led somewhere, of the page as it stands. */
function findTraces(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const traces: string[] = [];
    const { ran, violated } = window as unknown as { ran?: string; violated?: string[] };
    if (ran !== undefined) traces.push(`ran: ${ran}`);
    // What our own rules for text let through, and only the page's policy stopped.
    traces.push(...(violated ?? []).map((directive) => `violated: ${directive}`));
    for (const element of document.querySelectorAll("*"))
      for (const { name, value } of element.attributes) {
        if (name.startsWith("on")) traces.push(`${element.tagName} ${name}`);
        if (/^(src|srcset|data|action|href|xlink:href|poster|background)$/.test(name)) {
          const url = URL.parse(value, location.href);
          if (url === null) continue;
          const { protocol, origin } = url;
          const isLink = element.tagName === "A";
          const isFine = isLink ? ["http:", "https:", "mailto:"] : ["data:", "blob:"];
          if (!isFine.includes(protocol) && (isLink || origin !== location.origin))
            traces.push(`${element.tagName} ${name}=${value}`);
        }
      }
    const foreign =
      "iframe, object, embed, video, audio, base, style, link, meta, form[action], math, script";
    for (const { tagName } of document.querySelectorAll(`main :is(${foreign})`)) traces.push(tagName);
    return traces;
  });
}

test("what people write is text: nothing of it runs, leads elsewhere unasked, or is fetched", async ({
  page,
  freshServer: server,
}) => {
  test.setTimeout(300_000);
  const trap = await setTrap();
  try {
    await expectPotent(page, trap);
    const { experimentId, runId, requestId, policyRequestId, queryId } = await write(server, trap.url);
    const elsewhere: string[] = [];
    page.on("request", (request) => {
      const url = request.url();
      if (!url.startsWith(server) && !/^(data|blob):/.test(url)) elsewhere.push(url);
    });
    page.on("dialog", (dialog) => elsewhere.push(`dialog ${dialog.message()}`));
    page.on("popup", (popup) => elsewhere.push(`popup ${popup.url()}`));
    await page.addInitScript(() => {
      const violated: string[] = [];
      Object.assign(window, { violated });
      document.addEventListener("securitypolicyviolation", (event) =>
        violated.push(`${event.effectiveDirective} ${event.blockedURI}`),
      );
    });
    const request = `/reviews/${requestId}`;
    const pages = [
      "/",
      "/experiments",
      `/experiments/${experimentId}`,
      `/runs/${runId}`,
      `/compare?experiments=${experimentId}`,
      `/compare?experiments=${experimentId}&tab=parallel`,
      `/models/${model}`,
      `/models/${model}/2`,
      `/models/${model}/compare?a=1&b=2`,
      "/reviews",
      "/reviews?view=all",
      request,
      `${request}?tab=changes`,
      `${request}?tab=checks`,
      `${request}?tab=data`,
      `/reviews/${policyRequestId}?tab=changes`,
      "/reviews/policies",
      `/settings/audit?q=${mark}`,
    ];
    for (const path of pages) {
      await page.goto(server + path);
      const main = page.getByRole("main");
      await expect(main.getByText(mark).or(main.locator("textarea")).first(), path).toBeVisible();
      await expect(page.locator(".animate-shimmer"), path).toHaveCount(0);
      for (const link of await main
        .getByRole("link", { name: /^(raw|plain|case|colon|tab|data|vb|ref|m|l)$/ })
        .all())
        await link.click();
      expect(await findTraces(page), path).toEqual([]);
    }
    await page.goto(`${server}/sql?query=${queryId}`);
    const editor = page.getByRole("textbox", { name: "SQL statement" });
    await expect(editor).toContainText("FROM runs");
    await editor.press("ControlOrMeta+Enter");
    await expect(page.getByRole("gridcell").filter({ hasText: mark }).first()).toBeVisible();
    expect(await findTraces(page), "the workbench").toEqual([]);
    expect(elsewhere).toEqual([]);
    expect(trap.visits).toEqual([]);
  } finally {
    await trap.close();
  }
});

/** Where nothing is done against it, it runs and calls: so that finding nothing means something. */
async function expectPotent(page: Page, trap: Trap): Promise<void> {
  await page.setContent(hostileMarkdown(trap.url, mark));
  await expect.poll(() => trap.visits.length).toBeGreaterThan(5);
  await expect.poll(() => findTraces(page)).toContainEqual(expect.stringMatching(/^ran: /));
  await page.goto("about:blank");
  (trap.visits as string[]).length = 0;
}
