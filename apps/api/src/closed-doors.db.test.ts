import { createTestDatabase, watchChanges } from "@runweir/postgres/testing";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { listQuestions, put, type Question } from "../testing/list-questions.ts";
import { makeObjects } from "../testing/matrix-objects.ts";
import { startSecuredApi } from "../testing/start-secured-api.ts";
import { post } from "../testing/start-test-api.ts";
import { migrationFolders } from "./prepare-database.ts";

let database: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  database = await createTestDatabase(migrationFolders);
});
afterAll(() => database.drop());

/** The whole answer, or as much of a stream as comes without anything happening. */
async function answerTo(
  url: string,
  question: Question,
  headers: Readonly<Record<string, string>>,
  isOpened = false,
) {
  if (question.type !== "subscription") {
    const answer = await put(url, question, headers);
    return { status: answer.status, text: await answer.text() };
  }
  const leave = new AbortController();
  const answer = await put(url, question, { ...headers, accept: "text/event-stream" }, leave.signal);
  let text = "";
  try {
    for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk;
      // It opens for everybody, and says then whether there is anything for them.
      if (isOpened && text.includes("event: connected")) break;
      if (text.includes("\nevent: serialized-error")) return { status: 403, text };
      if (/^data: .+/m.test(text.replace(/event: connected\ndata:.*/, ""))) break;
    }
    return { status: answer.status, text };
  } finally {
    leave.abort();
  }
}

test("two workspaces do not see each other through any door", async () => {
  const secured = await startSecuredApi(database);
  const { url, api } = secured;
  await database.query(
    "INSERT INTO identity.workspace (name, creation_time) VALUES ('far', 0) ON CONFLICT DO NOTHING",
  );
  const hereName = `here-${Date.now()}`;
  const here = await secured.makeUser(hereName, { role: "admin" });
  const far = await secured.makeUser(`far-${Date.now()}`, { role: "admin", workspace: "far" });
  const headers = { ...far.basic, "x-mlflow-workspace": "far" };
  const of = await makeObjects(url, here.basic, "here");
  const absent = {
    ...of,
    experimentId: "900000001",
    experimentName: "none-of-that-name",
    runId: "0123456789abcdef0123456789abcdef",
    loggedModelId: "m-fedcba9876543210fedcba9876543210",
    model: "none-of-that-model",
    requestId: 900_000_001,
  };
  const asked = ({ row }: Question) => !row.needs.includes("public");
  const [questions, others] = [listQuestions(api, of), listQuestions(api, absent)].map((all) =>
    all.questions.filter(asked),
  ) as [Question[], Question[]];
  const owned = questions.filter(
    ({ type, method, row }) =>
      (type === "query" || (type === "route" && method === "GET")) &&
      row.needs.every((one) => /^(experiment|artifact|model)\./.test(one)),
  );
  const view = async () =>
    Promise.all(
      owned.map(async (question) => {
        const { status, text } = await answerTo(url, question, here.basic);
        return [question.name, status, withoutLoadsOf(hereName, withoutRequest(text))];
      }),
    );
  const before = await view();
  const secrets = [of.experimentName, of.model, of.runId, of.loggedModelId];
  const wrong: unknown[] = [];
  // First what was done so far: later there is also what they themselves asked for by name.
  const isAudit = ({ name }: Question) => Number(name.includes("audit"));
  for (const all of [questions, others]) all.sort((one, two) => isAudit(two) - isAudit(one));
  for (const [at, question] of questions.entries()) {
    const answer = await answerTo(url, question, headers);
    // What the question names comes back where it is said that there is no such thing.
    const said = `${question.target}${question.body ?? ""}`;
    const names = (secret: string) =>
      said.includes(secret) || said.includes(Buffer.from(secret).toString("base64url"));
    for (const secret of secrets)
      if (!names(secret) && answer.text.includes(secret)) wrong.push([question.name, "tells", secret]);
    if (question.row.any) continue;
    // Nor do they learn that it is there: they are told what they would be told if it were not.
    const other = others[at] as Question;
    const nothing = await answerTo(url, other, headers);
    const [one, two] = [unnamed(answer.text, of), unnamed(nothing.text, absent)];
    if (answer.status !== nothing.status || one !== two)
      wrong.push([question.name, answer.status, one, nothing.status, two]);
  }
  expect(wrong).toEqual([]);
  expect(await view()).toEqual(before);
  expect(before.length).toBeGreaterThan(40);
});

/** Whoever asks where the files of a version are is counted as one who loads it, and this is told some seconds later. */
function withoutLoadsOf(name: string, text: string): string {
  const isOwn = (value: unknown) => (value as { loader?: { name?: string } } | null)?.loader?.name === name;
  try {
    return JSON.stringify(
      JSON.parse(text, (_, value) => {
        if (Array.isArray(value)) return value.filter((item) => !isOwn(item));
        return isOwn(value) && "otherLoaders" in value ? undefined : value;
      }),
    );
  } catch {
    return text;
  }
}

const withoutRequest = (text: string) => text.replace(/"request_?id":"[^"]*"/gi, "");

/** An answer without the names and numbers of what was asked about, and of the request. */
function unnamed(text: string, of: Awaited<ReturnType<typeof makeObjects>>): string {
  return [of.experimentName, of.model, of.runId, of.loggedModelId]
    .reduce((rest, name) => rest.replaceAll(name, "(name)"), withoutRequest(text))
    .replace(/\b[0-9a-f]{32}\b/g, "(id)")
    .replace(/\d+/g, "(number)");
}

/** Who takes the audit log along is entered into it. */
const isMeant = ({ name }: Question, change: string) =>
  name.endsWith(" /api/audit.ndjson") &&
  /^(INSERT identity\.audit_entry|UPDATE identity\.audit_head )/.test(change);

/** Written down some seconds after somebody asked where a version's files are, so of no one question. */
const isCounting = (change: string) => /^(INSERT|UPDATE) registry\.version_load\b/.test(change);

test("no GET and no query changes anything but when a token or a session was last used, and who loaded a model", async () => {
  const secured = await startSecuredApi(database);
  const { url, api } = secured;
  const root = await secured.makeUser(`reads-${Date.now()}`, { administrator: true });
  const of = await makeObjects(url, root.basic, "read");
  const { bearer } = await secured.makeToken(root);
  const session = await secured.signIn(root);
  await database.query("UPDATE identity.session SET last_used_at = now() - interval '1 day'");
  const { questions } = listQuestions(api, of);
  // Something to find.
  for (const name of [
    "PUT /api/2.0/mlflow-artifacts/artifacts/*",
    "POST /api/2.0/mlflow/registered-models/alias",
  ])
    expect((await put(url, questions.find((one) => one.name === name) as Question, root.basic)).status).toBe(
      200,
    );
  const changes = await watchChanges(database);
  onTestFinished(async () => void (await changes.stop()));
  const found = new Set<string>();
  const ask = async (question: Question, headers: Readonly<Record<string, string>>) => {
    const { status } = await answerTo(url, question, headers, true);
    for (const change of await changes.take())
      if (!isMeant(question, change) && !isCounting(change)) found.add(change);
    return status;
  };
  const reads = questions.filter(({ method }) => method === "GET" || method === "HEAD");
  const asked = { all: 0, answered: 0 };
  for (const headers of [root.basic, bearer, session])
    for (const question of reads) {
      const status = await ask(question, headers);
      asked.all += 1;
      if (status < 400) asked.answered += 1;
    }
  // Of the rest something is missing: a warehouse, a webhook, a role.
  expect(asked.answered / asked.all).toBeGreaterThan(0.7);
  // A procedure that writes is none that a GET reaches.
  for (const { name, type, target, row } of questions) {
    if (type !== "mutation") continue;
    const input = `${target}?input=${encodeURIComponent(JSON.stringify(row.body ?? {}))}`;
    expect([name, await ask({ name, type, row, target: input, method: "GET" }, session)]).toEqual([
      name,
      405,
    ]);
  }
  const lastUsed = ["UPDATE identity.api_token last_used_time", "UPDATE identity.session last_used_at"];
  await expect
    .poll(async () => {
      for (const change of await changes.take()) if (!isCounting(change)) found.add(change);
      return [...found].sort();
    })
    .toEqual(lastUsed);
  // Those who watch would have seen it.
  await post(
    `${url}/api/2.0/mlflow/experiments/set-experiment-tag`,
    { experiment_id: of.experimentId, key: "k", value: "v" },
    root.basic,
  );
  expect((await changes.take()).join()).toMatch(/INSERT tracking\.\w*tag/);
});

test.each([
  ["CVE-2023-43472: experiments are not listed to nobody", "POST", "/api/2.0/mlflow/experiments/search", {}],
  [
    "CVE-2026-3198: nothing is enumerated without a right to it",
    "GET",
    "/api/2.0/mlflow/registered-models/search",
    {},
  ],
  [
    "CVE-2025-29927: no header of the pages' framework leads past the question",
    "POST",
    "/api/2.0/mlflow/experiments/search",
    { "x-middleware-subrequest": "middleware:middleware:middleware:middleware:middleware" },
  ],
  ["CVE-2026-0545: a route that nobody declared answers nothing", "POST", "/api/3.0/mlflow/jobs", {}],
  ["CVE-2026-2652: nor do traces", "POST", "/v1/traces", {}],
] as const)("%s", async (_name, method, path, headers) => {
  const { url } = await startSecuredApi(database);
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: { ...headers, ...(method === "POST" ? { "content-type": "application/json" } : {}) },
    ...(method === "POST" ? { body: '{"max_results":1}' } : {}),
  });
  expect([401, 404]).toContain(answer.status);
});

test("CVE-2026-0545: a route that declares no permission does not start the server", async () => {
  const { api } = await startSecuredApi(database);
  expect(() => api.server.get("/forgotten", async () => "open")).toThrow();
});

test("a stream of changes tells what may be read at that moment, and ends with its token", async () => {
  const secured = await startSecuredApi(database);
  const owner = await secured.makeUser(`stream-${Date.now()}`, { role: "viewer" });
  const { bearer, tokenId } = await secured.makeToken(owner);
  const leave = new AbortController();
  onTestFinished(() => leave.abort());
  const stream = await fetch(`${secured.url}/trpc/tracking/changes?input={}`, {
    headers: { ...bearer, accept: "text/event-stream" },
    signal: leave.signal,
  });
  expect(stream.status).toBe(200);
  const ended = (async () => {
    for await (const _ of stream.body ?? []);
  })().then(
    () => "ended",
    () => "ended",
  );
  await database.query("DELETE FROM identity.api_token WHERE token_id = $1", [tokenId]);
  expect(await ended).toBe("ended");
});

test("who makes an experiment or a model manages it, and nobody who makes one of the same name later", async () => {
  const secured = await startSecuredApi(database);
  const [ann, bob] = await Promise.all(
    ["ann", "bob"].map((name) => secured.makeUser(`${name}-maker`, { role: "member" })),
  );
  const send = async (who: typeof ann, method: string, path: string, body: object) => {
    const answer = await fetch(`${secured.url}/api/2.0/mlflow/${path}`, {
      method,
      headers: { ...who?.basic, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return { status: answer.status, ...((await answer.json()) as { experiment_id?: string }) };
  };
  const { experiment_id } = await send(ann, "POST", "experiments/create", { name: "of ann" });
  expect((await send(ann, "POST", "runs/create", { experiment_id })).status).toBe(200);
  expect((await send(bob, "POST", "runs/create", { experiment_id })).status).toBe(403);
  expect((await send(ann, "POST", "experiments/delete", { experiment_id })).status).toBe(200);

  const name = "model-of-somebody";
  const tag = (who: typeof ann, model: string) =>
    send(who, "POST", "registered-models/set-tag", { name: model, key: "k", value: "v" });
  await send(ann, "POST", "registered-models/create", { name });
  expect([(await tag(ann, name)).status, (await tag(bob, name)).status]).toEqual([200, 403]);
  expect((await send(ann, "DELETE", "registered-models/delete", { name })).status).toBe(200);
  await send(bob, "POST", "registered-models/create", { name });
  expect([(await tag(ann, name)).status, (await tag(bob, name)).status]).toEqual([403, 200]);
});
