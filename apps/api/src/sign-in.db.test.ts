import { systemCaller } from "@runweir/identity-domain";
import { createTestDatabase } from "@runweir/postgres/testing";
import { afterAll, beforeEach, expect, test } from "vitest";
import { basic, cookieOf, startSecuredApi } from "../testing/start-secured-api.ts";
import { post } from "../testing/start-test-api.ts";
import { readApiSettings } from "./config.ts";
import { migrationFolders } from "./prepare-database.ts";

const password = "correct horse battery";
const system = systemCaller("test");

let database: Awaited<ReturnType<typeof createTestDatabase>>;
beforeEach(async () => {
  await database?.drop();
  database = await createTestDatabase(migrationFolders);
});
afterAll(() => database.drop());

const auth = (url: string, path: string, body: object, headers: Record<string, string> = {}) =>
  post(`${url}/api/auth${path}`, body, headers);
const search = (url: string, headers: Record<string, string>) =>
  post(`${url}/api/2.0/mlflow/experiments/search`, { max_results: 1 }, headers);
const messageOf = async (answer: Response) => ((await answer.json()) as { message: string }).message;

test("the first administrator comes by a link that works once, and by nothing else (CVE-2026-2635, CVE-2023-6014)", async () => {
  const [first, second] = [await startSecuredApi(database), await startSecuredApi(database)];
  for (const [name, word] of [
    ["admin", "password1234"],
    ["admin", "admin"],
    ["admin", ""],
    ["", ""],
  ] as const)
    expect((await search(first.url, { authorization: basic(name, word) })).status).toBe(401);
  for (const path of [
    "/sign-up/email",
    "/sign-up",
    "/signup",
    "/update-user",
    "/change-password",
    "/set-password",
  ])
    expect((await auth(first.url, path, { email: "a@b.c", username: "a", name: "a", password })).status).toBe(
      404,
    );
  expect((await auth(first.url, "/welcome", { token: "guessed", username: "eve", password })).status).toBe(
    404,
  );

  const token = first.api.firstAdministratorPath?.split("/").at(-1);
  expect(
    await messageOf(await auth(first.url, "/welcome", { token, username: "ann", password: "short" })),
  ).toMatch("at least 12 characters");
  const session = cookieOf(await auth(first.url, "/welcome", { token, username: "ann", password }));
  expect((await search(first.url, session)).status).toBe(200);
  expect((await auth(first.url, "/welcome", { token, username: "eve", password })).status).toBe(404);
  // The other process has printed a link of its own.
  const other = second.api.firstAdministratorPath?.split("/").at(-1);
  expect((await auth(second.url, "/welcome", { token: other, username: "eve", password })).status).toBe(404);
  expect((await startSecuredApi(database)).api.firstAdministratorPath).toBeUndefined();
});

test("no password that is empty, short or known is taken, wherever one is set (CVE-2025-11200, CVE-2025-1474)", async () => {
  const { api, url, makeUser } = await startSecuredApi(database);
  const ann = await makeUser("ann", { administrator: true });
  const { users, links } = api.signIn;
  for (const weak of ["", "short", "aaaaaaaaaaaaaaaa", "password1234"]) {
    await expect(users.create(system, { username: "bob", password: weak })).rejects.toMatchObject({
      code: "invalid_argument",
      field: "password",
    });
    await expect(users.setPassword(system, ann.id, weak)).rejects.toThrow("password");
    const invited = (await links.invite(system, {})).path.split("/").at(-1);
    expect((await auth(url, "/invitation", { token: invited, username: "eve", password: weak })).status).toBe(
      400,
    );
    const reset = (await links.issueReset(system, ann.id)).path.split("/").at(-1);
    expect((await auth(url, "/reset", { token: reset, password: weak })).status).toBe(400);
  }
  await expect(users.setPassword(system, ann.id, "ann-ann-ann1")).rejects.toThrow(
    "little more than the name",
  );
  const { id } = await users.create(system, { username: "without" });
  for (const word of ["", "null", "undefined"])
    expect((await search(url, { authorization: basic("without", word) })).status).toBe(401);
  expect((await users.byId(id))?.hasPassword).toBe(false);
});

test("a page of another site neither signs anybody in nor makes anybody (CVE-2025-1473)", async () => {
  const { api, url, makeUser } = await startSecuredApi(database);
  const ann = await makeUser("ann", { administrator: true });
  const token = (await api.signIn.links.invite(system, {})).path.split("/").at(-1);
  for (const headers of [
    { origin: "https://evil.example" },
    { origin: "null" },
    { "sec-fetch-site": "cross-site" },
  ] as Record<string, string>[]) {
    expect((await auth(url, "/invitation", { token, username: "eve", password }, headers)).status).toBe(403);
    expect((await auth(url, "/sign-in", { name: "ann", password: ann.password }, headers)).status).toBe(403);
  }
  const form = await fetch(`${url}/api/auth/sign-in`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ name: "ann", password: ann.password }),
  });
  expect(form.headers.getSetCookie()).toEqual([]);
  expect(form.status).toBeGreaterThanOrEqual(400);
  for (const path of ["/sign-in", "/welcome", "/invitation", "/reset", "/sign-out"])
    expect((await fetch(`${url}/api/auth${path}?token=${token}`)).status).toBe(404);
});

test("nobody sets a password by naming a user (CVE-2024-25723)", async () => {
  const { url, makeUser } = await startSecuredApi(database);
  const ann = await makeUser("ann", { administrator: true });
  for (const path of ["/reset", "/activate", "/invitation", "/reset-password"])
    for (const token of [undefined, "", "ann", ann.id])
      expect(
        (await auth(url, path, { token, username: "ann", user_id: ann.id, password })).status,
      ).toBeGreaterThanOrEqual(400);
  expect((await search(url, { authorization: basic("ann", password) })).status).toBe(401);
  expect((await search(url, ann.basic)).status).toBe(200);
});

test("there is no default secret, and a cookie that was signed with another is nothing (CVE-2023-27524)", async () => {
  await expect(startSecuredApi(database, { RUNWEIR_SECRET_KEY: "" })).rejects.toThrow("RUNWEIR_SECRET_KEY");
  await expect(startSecuredApi(database, { RUNWEIR_SECRET_KEY: "c2hvcnQ=" })).rejects.toThrow("32");
  const [mine, other] = [await startSecuredApi(database), await startSecuredApi(database)];
  const ann = await mine.makeUser("ann", { administrator: true });
  const session = await mine.signIn(ann);
  expect((await search(mine.url, session)).status).toBe(200);
  expect((await search(other.url, session)).status).toBe(401);
});

test("a session's cookie is the browser's alone, and over https this host's alone", async () => {
  const { url, makeUser, signIn } = await startSecuredApi(database);
  const ann = await makeUser("ann");
  const answer = await auth(url, "/sign-in", { name: "ann", password: ann.password });
  expect(answer.headers.getSetCookie()[0]).toMatch(
    /^runweir_session=[^;]+; Max-Age=1209600; Path=\/; HttpOnly; SameSite=Lax$/i,
  );
  const secured = await startSecuredApi(database, { RUNWEIR_PUBLIC_URL: "https://runweir.example.org" });
  const overHttps = await auth(secured.url, "/sign-in", { name: "ann", password: ann.password });
  expect(overHttps.headers.getSetCookie()[0]).toMatch(
    /^__Host-runweir_session=[^;]+; Max-Age=1209600; Path=\/; HttpOnly; Secure; SameSite=Lax$/i,
  );
  const session = await signIn(ann);
  const out = await auth(url, "/sign-out", {}, { ...session, origin: url });
  expect(out.status).toBe(200);
  await expect.poll(async () => (await search(url, session)).status).toBe(401);
});

test("an invitation and a reset work once", async () => {
  const { api, url, makeUser } = await startSecuredApi(database);
  const { links } = api.signIn;
  const invitation = await links.invite(system, {
    email: "Bob@Example.org",
    workspace: "default",
    role: "viewer",
  });
  const token = invitation.path.split("/").at(-1);
  expect(await (await auth(url, "/link", { purpose: "invitation", token })).json()).toEqual({
    email: "bob@example.org",
  });
  const session = cookieOf(
    await auth(url, "/invitation", { token, username: "bob", email: "other@example.org", password }),
  );
  expect((await search(url, session)).status).toBe(200);
  expect(await api.signIn.users.byUsername("BOB")).toMatchObject({
    email: "bob@example.org",
    isAdministrator: false,
  });
  expect((await auth(url, "/invitation", { token, username: "eve", password })).status).toBe(404);

  const ann = await makeUser("ann", { role: "viewer" });
  const reset = (await links.issueReset(system, ann.id)).path.split("/").at(-1);
  cookieOf(await auth(url, "/reset", { token: reset, password }));
  expect((await search(url, { authorization: basic("ann", password) })).status).toBe(200);
  expect((await auth(url, "/reset", { token: reset, password: "another long one" })).status).toBe(404);
  // Without a server for e-mail it is said, and nobody learns who is here.
  expect((await auth(url, "/request-reset", { name: "ann" })).status).toBe(412);
});

test("only what may be served without sign-in is (RUNWEIR_IDENTITY)", () => {
  const read = (environment: Record<string, string>) => readApiSettings(environment).identity.mode;
  expect(read({})).toBe("open");
  expect(read({ RUNWEIR_IDENTITY: "required" })).toBe("required");
  expect(read({ RUNWEIR_HOST: "0.0.0.0" })).toBe("required");
  expect(() => read({ RUNWEIR_HOST: "0.0.0.0", RUNWEIR_IDENTITY: "open" })).toThrow("is refused on 0.0.0.0");
  expect(() => read({ RUNWEIR_OIDC_ISSUER: "https://login.example.org" })).toThrow("all three are needed");
  expect(() => read({ RUNWEIR_SMTP_URL: "smtp://localhost" })).toThrow("RUNWEIR_PUBLIC_URL");
});
