import { randomBytes } from "node:crypto";
import { systemCaller } from "@runweir/identity-domain";
import { createTestDatabase } from "@runweir/postgres/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { basic, startSecuredApi } from "../testing/start-secured-api.ts";
import { post, startTestApi } from "../testing/start-test-api.ts";
import { migrationFolders } from "./prepare-database.ts";

const system = systemCaller("test");

let database: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  database = await createTestDatabase(migrationFolders);
});
afterAll(() => database.drop());

const search = (url: string, headers: Record<string, string> = {}) =>
  post(`${url}/api/2.0/mlflow/experiments/search`, { max_results: 1 }, headers);

test("password, token and session open the door; nothing, and what is wrong, does not", async () => {
  const api = await startSecuredApi(database);
  const ann = await api.makeUser("Ann", { administrator: true });
  const { bearer, secret } = await api.makeToken(ann);
  const session = await api.signIn({ username: "ann", password: ann.password });
  for (const headers of [ann.basic, bearer, session, { authorization: basic("ANN", secret) }])
    expect((await search(api.url, headers)).status).toBe(200);
  for (const authorization of [
    basic("Ann", "wrong"),
    basic("Bob", ann.password),
    basic("Bob", secret),
    basic("Ann", ""),
    `Bearer ${secret}x`,
    "Bearer",
    "Digest x",
  ])
    expect((await search(api.url, { ...session, authorization })).status, authorization).toBe(401);
  expect((await search(api.url, { cookie: `${session.cookie.slice(0, -4)}AAA=` })).status).toBe(401);
});

test("who is not signed in is told in MLflow's words, and a browser is not made to ask by itself", async () => {
  const api = await startSecuredApi(database);
  const answer = await search(api.url);
  expect([answer.status, answer.headers.get("www-authenticate"), await answer.text()]).toEqual([
    401,
    'Basic realm="mlflow"',
    "You are not authenticated. Please see https://www.mlflow.org/docs/latest/auth/index.html#authenticating-to-mlflow on how to authenticate.",
  ]);
  const ofPage = await search(api.url, { "sec-fetch-site": "same-origin" });
  expect([ofPage.status, ofPage.headers.get("www-authenticate")]).toEqual([401, null]);
  expect((await fetch(`${api.url}/health/ready`)).status).toBe(200);
});

test("a workspace is the header's, and has to be there", async () => {
  const api = await startSecuredApi(database);
  const person = await api.makeUser("workspaces", { administrator: true });
  await database.query("INSERT INTO identity.workspace (name, creation_time) VALUES ('vision', 0)");
  const named = (name: string) => search(api.url, { ...person.basic, "x-mlflow-workspace": name });
  expect((await named("vision")).status).toBe(200);
  const missing = await named("nowhere");
  expect([missing.status, await missing.json()]).toEqual([
    404,
    expect.objectContaining({ message: "Workspace 'nowhere' not found." }),
  ]);
  const { bearer } = await api.makeToken(person, { access: "all" }, { workspace: "vision" });
  expect((await search(api.url, bearer)).status).toBe(200);
  expect((await search(api.url, { ...bearer, "x-mlflow-workspace": "default" })).status).toBe(403);
});

test("a password is checked once, in however many workspaces it is used", async () => {
  const api = await startSecuredApi(database);
  const person = await api.makeUser("checked-once", { administrator: true });
  const places = ["default", ...Array.from({ length: 12 }, (_, number) => `place-${number}`)];
  await database.query(
    "INSERT INTO identity.workspace (name, creation_time) SELECT unnest($1::text[]), 0 ON CONFLICT DO NOTHING",
    [places],
  );
  const statuses = async (authorization: string) =>
    new Set(
      await Promise.all(
        places.map(async (name) => {
          const answer = await search(api.url, { authorization, "x-mlflow-workspace": name });
          return answer.status;
        }),
      ),
    );
  // More at a time than an account may be tried.
  expect(await statuses(person.basic.authorization)).toEqual(new Set([200]));
  await database.query("TRUNCATE identity.attempt");
  expect(await statuses(basic("checked-once", "a guess"))).toEqual(new Set([401]));
  expect(await database.query("SELECT count FROM identity.attempt WHERE key = 'sign-in server'")).toEqual([
    { count: 1 },
  ]);
  expect(
    await database.query(
      "SELECT door, address FROM identity.audit_entry WHERE action = 'sign-in.failed' AND object_id = 'checked-once'",
    ),
  ).toEqual([{ door: "api", address: "127.0.0.1" }]);
});

test("what is revoked stops in every process, and the rest goes on", async () => {
  const key = { RUNWEIR_SECRET_KEY: randomBytes(32).toString("base64") };
  const [first, second] = [await startSecuredApi(database, key), await startSecuredApi(database, key)];
  const person = await first.makeUser("revoked", { administrator: true });
  const { bearer, tokenId } = await first.makeToken(person);
  const other = await first.makeToken(person);
  const session = await first.signIn(person);
  const all = [person.basic, bearer, other.bearer, session];
  for (const api of [first, second])
    for (const headers of all) expect((await search(api.url, headers)).status).toBe(200);

  const owner = { kind: "user", id: person.id } as const;
  await first.api.signIn.tokens.revoke(system, owner, tokenId);
  const refused = async (headers: Record<string, string>) => {
    for (const api of [first, second])
      await expect.poll(async () => (await search(api.url, headers)).status, { interval: 20 }).toBe(401);
  };
  await refused(bearer);
  for (const api of [first, second]) expect((await search(api.url, other.bearer)).status).toBe(200);

  await first.api.signIn.users.setPassword(system, person.id, "a new and long one");
  await refused(session);
  await refused(person.basic);
  await first.api.signIn.users.update(system, person.id, { isDisabled: true });
  await refused(other.bearer);
});

test("without sign-in on this machine whoever comes is the local owner", async () => {
  const { url, api } = await startTestApi(database.url);
  expect(api.firstAdministratorPath).toBeUndefined();
  expect((await search(url)).status).toBe(200);
  expect((await search(url, { "x-mlflow-workspace": "nowhere" })).status).toBe(404);
});
