import { createTestDatabase } from "@runweir/postgres/testing";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { makeObjects } from "../testing/matrix-objects.ts";
import { findRow } from "../testing/matrix-requests.ts";
import { startSecuredApi } from "../testing/start-secured-api.ts";
import { migrationFolders } from "./prepare-database.ts";

let database: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  database = await createTestDatabase(migrationFolders);
});
afterAll(() => database.drop());

test("two workspaces do not see each other through any door", async () => {
  const secured = await startSecuredApi(database);
  await database.query(
    "INSERT INTO identity.workspace (name, creation_time) VALUES ('far', 0) ON CONFLICT DO NOTHING",
  );
  const here = await secured.makeUser(`here-${Date.now()}`, { role: "admin" });
  const far = await secured.makeUser(`far-${Date.now()}`, { role: "admin", workspace: "far" });
  const headers = { ...far.basic, "x-mlflow-workspace": "far" };
  const of = await makeObjects(secured.url, here.basic, "here");
  const secrets = [of.experimentName, of.model, of.runId];
  for (const { method, url: path } of secured.api.server.routeTable) {
    const row = method === "GET" || method === "POST" ? findRow(`${method} ${path}`, of) : undefined;
    if (row === undefined || row.needs.includes("public")) continue;
    const target = path.replace(/:([a-zA-Z_]+)|\*/g, (whole, name) => row.params?.[name ?? "*"] ?? whole);
    const answer = await fetch(
      `${secured.url}${target}${row.query === undefined ? "" : `?${new URLSearchParams(row.query)}`}`,
      method === "GET"
        ? { headers }
        : {
            method,
            headers: {
              ...headers,
              "content-type": row.bytes ? "application/octet-stream" : "application/json",
            },
            body: row.bytes ?? JSON.stringify(row.body ?? {}),
          },
    );
    const text = await answer.text();
    if (!row.any) expect([path, answer.ok && !/^\{("[a-z_]+":\[\])?\}$/.test(text)]).toEqual([path, false]);
    if (answer.ok) for (const secret of secrets) expect([path, text.includes(secret)]).toEqual([path, false]);
  }
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
