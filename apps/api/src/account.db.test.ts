import { createTestDatabase } from "@runweir/postgres/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { basic, startSecuredApi } from "../testing/start-secured-api.ts";
import { post } from "../testing/start-test-api.ts";
import { migrationFolders } from "./prepare-database.ts";

let database: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  database = await createTestDatabase(migrationFolders);
});
afterAll(() => database.drop());

type Headers = Readonly<Record<string, string>>;

function createAsk(url: string) {
  const read = async (answer: Response) => {
    const { result, error } = (await answer.json()) as {
      result?: { data?: unknown };
      error?: { message: string };
    };
    return { status: answer.status, data: result?.data, message: error?.message };
  };
  return {
    query: async (path: string, headers: Headers) =>
      read(await fetch(`${url}/trpc/identity/account.${path}`, { headers })),
    change: async (path: string, input: object, headers: Headers) =>
      read(await post(`${url}/trpc/identity/account.${path}`, input, headers)),
  };
}

test("people see their sessions, end one of them, and all", async () => {
  const api = await startSecuredApi(database);
  const ask = createAsk(api.url);
  const ann = await api.makeUser("ann");
  const bob = await api.makeUser("bob");
  const [here, there, foreign] = [await api.signIn(ann), await api.signIn(ann), await api.signIn(bob)];
  const sessionIdOf = async (session: Headers) =>
    ((await ask.query("profile", session)).data as { sessionId: string }).sessionId;
  const list = async () => (await ask.query("sessions.list", here)).data as { sessionId: string }[];
  expect((await list()).map(({ sessionId }) => sessionId).sort()).toEqual(
    [await sessionIdOf(here), await sessionIdOf(there)].sort(),
  );
  const stranger = await ask.change("sessions.revoke", { sessionId: await sessionIdOf(foreign) }, here);
  expect(stranger.status).toBe(404);
  await ask.change("sessions.revoke", { sessionId: await sessionIdOf(there) }, here);
  await expect.poll(async () => (await ask.query("profile", there)).status).toBe(401);
  expect((await ask.query("profile", here)).status).toBe(200);
  await ask.change("sessions.revokeAll", {}, here);
  await expect.poll(async () => (await ask.query("profile", here)).status).toBe(401);
  expect((await ask.query("profile", foreign)).status).toBe(200);
});

test("administrators see where others are signed in, and sign them out, with no token", async () => {
  const api = await startSecuredApi(database);
  const root = await api.makeUser("root-of-sessions", { administrator: true });
  const fay = await api.makeUser("fay");
  const [session, other] = [await api.signIn(fay), await api.signIn(await api.makeUser("gus"))];
  const people = (path: string, headers: Headers) =>
    fetch(
      `${api.url}/trpc/identity/people.${path}?input=${encodeURIComponent(JSON.stringify({ userId: fay.id }))}`,
      {
        headers,
      },
    );
  const end = (headers: Headers, userId = fay.id) =>
    post(`${api.url}/trpc/identity/people.sessions.revokeAll`, { userId }, headers);
  const listed = (await (await people("sessions.list", root.basic)).json()) as {
    result: { data: unknown[] };
  };
  expect(listed.result.data).toHaveLength(1);
  const { bearer } = await api.makeToken(root);
  for (const headers of [fay.basic, bearer]) {
    expect((await people("sessions.list", headers)).status).toBe(403);
    expect((await end(headers)).status).toBe(403);
  }
  expect((await people("get", fay.basic)).status).toBe(403);
  expect((await end(root.basic, "nobody")).status).toBe(404);
  expect((await end(root.basic)).status).toBe(200);
  const isIn = async (headers: Headers) =>
    (await createAsk(api.url).query("profile", headers)).status === 200;
  await expect.poll(() => isIn(session)).toBe(false);
  expect(await isIn(other)).toBe(true);
  const [entry] = await database.query(
    "SELECT actor_name, object_name, after FROM identity.audit_entry WHERE action = 'session.revoke' AND object_id = $1",
    [fay.id],
  );
  expect(entry).toEqual({ actor_name: "root-of-sessions", object_name: "fay", after: { all: true } });
});

test("a new password takes the current one, and ends the other sessions", async () => {
  const api = await startSecuredApi(database);
  const ask = createAsk(api.url);
  const carl = await api.makeUser("carl");
  const [here, there] = [await api.signIn(carl), await api.signIn(carl)];
  const next = "a new and long one";
  const change = (current: string, headers: Headers) =>
    ask.change("changePassword", { current, next }, headers);
  expect(await change("wrong", here)).toMatchObject({
    status: 403,
    message: "The current password is wrong.",
  });
  const { bearer } = await api.makeToken(carl);
  expect((await change(carl.password, bearer)).status).toBe(403);
  expect((await change(carl.password, here)).status).toBe(200);
  await expect.poll(async () => (await ask.query("profile", there)).status).toBe(401);
  expect((await ask.query("profile", here)).status).toBe(200);
  expect((await ask.query("profile", { authorization: basic("carl", next) })).status).toBe(200);
  expect((await ask.query("profile", carl.basic)).status).toBe(401);
});

test("a token is shown once, says when it was used, expires, and makes no wider one", async () => {
  const api = await startSecuredApi(database);
  const ask = createAsk(api.url);
  const dora = await api.makeUser("dora", { administrator: true });
  const session = await api.signIn(dora);
  const made = await ask.change("tokens.create", { name: "job", access: "ingest", days: 1 }, session);
  const { secret, token } = made.data as { secret: string; token: { tokenId: string; expiryTime: number } };
  const bearer = { authorization: `Bearer ${secret}` };
  expect(token.expiryTime).toBeGreaterThan(Date.now());
  expect((await ask.change("tokens.create", { name: "wider", access: "all" }, bearer)).status).toBe(403);
  expect((await ask.change("tokens.revoke", { tokenId: token.tokenId }, bearer)).status).toBe(403);
  expect((await ask.change("sessions.revokeAll", {}, bearer)).status).toBe(403);
  const ofOneWorkspace = await api.makeToken(dora, { access: "all" }, { workspace: "default" });
  expect(
    (await ask.change("tokens.create", { name: "wider", access: "all" }, ofOneWorkspace.bearer)).status,
  ).toBe(403);
  const list = async () => (await ask.query("tokens.list", session)).data as Record<string, unknown>[];
  expect(JSON.stringify(await list())).not.toContain(secret.slice(8));
  const kept = await database.query("SELECT t::text FROM identity.api_token t");
  expect(JSON.stringify(kept)).not.toContain(secret.slice(8));
  // Written in the background.
  await expect.poll(async () => (await list())[0]?.lastUsedTime).toEqual(expect.any(Number));

  const [{ number } = { number: 0 }] = await database.query<{ number: number }>(
    "SELECT number FROM identity.revision",
  );
  await database.query("UPDATE identity.api_token SET last_used_time = 0");
  await database.query("UPDATE identity.session SET last_used_at = to_timestamp(0)");
  const noted = await database.query<{ number: number }>("SELECT number FROM identity.revision");
  expect(noted[0]?.number).toBe(number);

  await database.query("UPDATE identity.api_token SET expiry_time = 1");
  await expect.poll(async () => (await ask.query("profile", bearer)).status).toBe(401);
});

test("clients of MLflow are told about users, permissions and roles in MLflow's words", async () => {
  const api = await startSecuredApi(database);
  const root = await api.makeUser("root-of-mlflow", { administrator: true });
  const gwen = await api.makeUser("gwen", { role: "member" });
  const ask = async (method: string, path: string, body?: object, { basic } = root) => {
    const answer = await fetch(`${api.url}/api/${path.startsWith("roles") ? "3.0" : "2.0"}/mlflow/${path}`, {
      method,
      headers: { ...basic, "content-type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    });
    const { error_code, message, ...rest } = (await answer.json()) as Record<string, unknown>;
    return answer.ok ? rest : [answer.status, error_code, message];
  };
  // MLflow 3.12's client reads no user without it.
  expect(
    await ask("POST", "users/create", { username: "hugh", password: "a new and long one" }),
  ).toMatchObject({
    user: { experiment_permissions: [], registered_model_permissions: [], scorer_permissions: [] },
  });
  const password = { username: "gwen", password: "a new and long one" };
  expect(
    await ask("PATCH", "users/update-password", { ...password, current_password: "wrong" }, gwen),
  ).toEqual([400, "INVALID_PARAMETER_VALUE", "Current password does not match."]);

  const onModel = { name: "unseen", username: "gwen" };
  expect(await ask("DELETE", "registered-models/permissions/delete", onModel)).toEqual([
    404,
    "RESOURCE_DOES_NOT_EXIST",
    "Registered model permission with workspace=default, name=unseen and username=gwen not found",
  ]);
  const granted = { ...onModel, permission: "READ" };
  const permission = { workspace: "default", name: "unseen", permission: "READ" };
  expect(await ask("POST", "registered-models/permissions/create", granted)).toMatchObject({
    registered_model_permission: permission,
  });
  expect(await ask("POST", "registered-models/permissions/create", granted)).toEqual([
    400,
    "RESOURCE_ALREADY_EXISTS",
    "Registered model permission (workspace=default, name=unseen, username=gwen) already exists.",
  ]);
  expect(await ask("GET", "users/get?username=gwen")).toMatchObject({
    user: { registered_model_permissions: [permission] },
  });
  const onExperiment = { experiment_id: "a03d93", username: "gwen" };
  expect(await ask("DELETE", "experiments/permissions/delete", onExperiment)).toEqual([
    404,
    "RESOURCE_DOES_NOT_EXIST",
    "Experiment permission with experiment_id=a03d93 and username=gwen not found",
  ]);
  // An id that cannot be one is the mistake of a client, who must not repeat the request.
  expect(
    await ask("POST", "experiments/permissions/create", { ...onExperiment, permission: "READ" }),
  ).toEqual([404, "RESOURCE_DOES_NOT_EXIST", "There is no experiment a03d93."]);

  const role = { workspace: "default", name: "viewer-of-mlflow" };
  expect(await ask("POST", "roles/create", role)).toMatchObject({ role });
  expect(await ask("POST", "roles/create", role)).toEqual([
    400,
    "RESOURCE_ALREADY_EXISTS",
    "Role (name=viewer-of-mlflow, workspace=default) already exists.",
  ]);
});
