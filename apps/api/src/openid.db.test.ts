import { spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { join } from "node:path";
import { systemCaller } from "@runweir/identity-domain";
import { findFreePort } from "@runweir/ports";
import { createTestDatabase } from "@runweir/postgres/testing";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { startSecuredApi } from "../testing/start-secured-api.ts";
import { post } from "../testing/start-test-api.ts";
import { migrationFolders } from "./prepare-database.ts";

let database: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  database = await createTestDatabase(migrationFolders);
});
afterAll(() => database.drop());

async function start(environment: Record<string, string> = {}) {
  const port = await findFreePort();
  const api = await startSecuredApi(database, {
    RUNWEIR_OIDC_ISSUER: `http://127.0.0.1:${port}`,
    RUNWEIR_OIDC_CLIENT_ID: "runweir",
    RUNWEIR_OIDC_CLIENT_SECRET: "the secret of the client",
    RUNWEIR_OIDC_NAME: "Example",
    ...environment,
  });
  const provider = spawn(
    process.execPath,
    [
      join(import.meta.dirname, "../testing/oidc-provider.ts"),
      String(port),
      `${api.url}/api/auth/callback/oidc`,
    ],
    { stdio: ["ignore", "pipe", "ignore"] },
  );
  const ended = once(provider, "exit");
  onTestFinished(async () => {
    provider.kill();
    await ended;
  });
  await once(provider.stdout, "data");
  return api;
}

/** What a browser does: follows redirects, keeps cookies of each server, and fills in the provider's form. */
function createBrowser() {
  const cookies = new Map<string, Map<string, string>>();
  return {
    cookieOf: (url: string) =>
      [...(cookies.get(new URL(url).origin) ?? [])].map(([name, value]) => `${name}=${value}`).join("; "),
    async open(url: string, form?: Record<string, string>): Promise<{ url: string; text: string }> {
      let at = url;
      let body = form && new URLSearchParams(form);
      for (let hops = 0; hops < 20; hops++) {
        const { origin, pathname } = new URL(at);
        const answer = await fetch(at, {
          method: body ? "POST" : "GET",
          redirect: "manual",
          headers: { cookie: this.cookieOf(at) },
          ...(body ? { body } : {}),
        });
        this.keep(origin, answer);
        const next = answer.headers.get("location");
        if (next === null) return { url: at, text: await answer.text() };
        at = new URL(next, at).href;
        body = undefined;
        // There are no pages behind this API.
        if (pathname.startsWith("/api/auth/callback/")) return { url: at, text: "" };
      }
      throw new Error(`too many redirects, the last to ${at}`);
    },
    keep(origin: string, answer: Response) {
      const kept = cookies.get(origin) ?? new Map<string, string>();
      cookies.set(origin, kept);
      for (const line of answer.headers.getSetCookie()) {
        const [pair = ""] = line.split(";", 1);
        const equals = pair.indexOf("=");
        kept.set(pair.slice(0, equals), pair.slice(equals + 1));
      }
    },
  };
}

async function signInAs(api: { readonly url: string }, name: string) {
  const browser = createBrowser();
  const asked = await post(`${api.url}/api/auth/sign-in/social`, {
    provider: "oidc",
    callbackURL: "/experiments",
    errorCallbackURL: "/sign-in",
    disableRedirect: true,
  });
  browser.keep(api.url, asked);
  const { url } = (await asked.json()) as { url: string };
  const login = await browser.open(url);
  const [, action = ""] = /action="([^"]+)"/.exec(login.text) ?? [];
  const back = await browser.open(new URL(action, login.url).href, {
    prompt: "login",
    login: name,
    password: "x",
  });
  const { pathname, searchParams } = new URL(back.url);
  const session = { cookie: browser.cookieOf(api.url) };
  const answer = await post(`${api.url}/api/2.0/mlflow/experiments/search`, { max_results: 1 }, session);
  return { pathname, error: searchParams.get("error"), status: answer.status };
}

test("a provider that does not answer holds up nobody who needs it not", async () => {
  const silent = createServer();
  silent.listen(0, "127.0.0.1");
  await once(silent, "listening");
  const open = new Set<Socket>();
  silent.on("connection", (socket) => open.add(socket));
  onTestFinished(() => {
    for (const socket of open) socket.destroy();
    silent.close();
  });
  const api = await startSecuredApi(database, {
    RUNWEIR_OIDC_ISSUER: `http://127.0.0.1:${(silent.address() as AddressInfo).port}`,
    RUNWEIR_OIDC_CLIENT_ID: "runweir",
    RUNWEIR_OIDC_CLIENT_SECRET: "the secret of the client",
  });
  const asked = post(`${api.url}/api/auth/sign-in/social`, { provider: "oidc", callbackURL: "/" });
  await once(silent, "connection");
  const dora = await api.makeUser("dora", { role: "viewer" });
  const session = await api.signIn(dora);
  const found = await post(`${api.url}/api/2.0/mlflow/experiments/search`, { max_results: 1 }, session);
  expect(found.status).toBe(200);
  const answer = await asked;
  expect([answer.status, await answer.text()]).toEqual([503, expect.stringContaining("does not answer")]);
});

test("who is no user comes in by the provider only where it makes users", async () => {
  const closed = await start();
  expect(await signInAs(closed, "carl")).toMatchObject({
    pathname: "/sign-in",
    error: "signup_disabled",
    status: 401,
  });
  const open = await start({ RUNWEIR_OIDC_SIGN_UP: "1" });
  expect(await signInAs(open, "carl")).toMatchObject({ pathname: "/experiments", error: null });
  const carl = await open.api.signIn.users.byUsername("carl@example.org");
  expect(carl).toMatchObject({ email: "carl@example.org", isAdministrator: false, hasPassword: false });
  // The second time it is the same user.
  await database.query("INSERT INTO identity.workspace_member VALUES ('default', 'user', $1, 'viewer', 0)", [
    carl?.id,
  ]);
  await expect.poll(async () => (await signInAs(open, "carl")).status).toBe(200);
  const entered = await database.query<{ action: string }>(
    // Before they were a member, the page that they came to was refused them.
    "SELECT DISTINCT action FROM identity.audit_entry WHERE actor_id = $1 ORDER BY action",
    [carl?.id],
  );
  expect(entered.map(({ action }) => action)).toEqual([
    "permission.refuse",
    "sign-in.succeeded",
    "user.create",
  ]);
  expect((await open.api.signIn.users.list({ search: "carl", limit: 10 })).items).toHaveLength(1);
});

test("who is a user already comes in as that user, if the provider vouches for the address", async () => {
  const api = await start({ RUNWEIR_OIDC_SIGN_UP: "1" });
  const ann = await api.makeUser("ann", { role: "viewer" });
  await api.api.signIn.users.update(systemCaller("test"), ann.id, { email: "ann@example.org" });
  expect(await signInAs(api, "ann")).toEqual({ pathname: "/experiments", error: null, status: 200 });
  const eve = await api.makeUser("eve", { administrator: true });
  await api.api.signIn.users.update(systemCaller("test"), eve.id, { email: "unverified-eve@example.org" });
  expect(await signInAs(api, "unverified-eve")).toMatchObject({
    pathname: "/sign-in",
    error: "account_not_linked",
    status: 401,
  });

  // Who typed somebody's address themselves must not get them into their account.
  const { path } = await api.api.signIn.links.invite(systemCaller("test"), {});
  const newcomer = { username: "mallory", email: "victim@example.org", password: "correct horse battery" };
  const joined = await post(`${api.url}/api/auth/invitation`, { token: path.split("/").at(-1), ...newcomer });
  expect(joined.status).toBe(200);
  expect(await signInAs(api, "victim")).toMatchObject({ error: "account_not_linked", status: 401 });
});
