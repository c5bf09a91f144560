import { systemCaller } from "@runweir/identity-domain";
import { createTestDatabase } from "@runweir/postgres/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startMailServer } from "../testing/start-mail-server.ts";
import { cookieOf, startSecuredApi } from "../testing/start-secured-api.ts";
import { post } from "../testing/start-test-api.ts";
import { migrationFolders } from "./prepare-database.ts";

const system = systemCaller("test");

let database: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  database = await createTestDatabase(migrationFolders);
});
afterAll(() => database.drop());

const tokenIn = (text: string | undefined, path: string) =>
  new RegExp(`http://runweir\\.example\\.org${path}/([\\w-]{43})`).exec(text ?? "")?.[1];

test("invitations and new passwords come by e-mail, and nobody learns from asking who is here", async () => {
  const mail = await startMailServer();
  const api = await startSecuredApi(database, {
    RUNWEIR_SMTP_URL: mail.url,
    RUNWEIR_PUBLIC_URL: "http://runweir.example.org",
  });
  const send = (path: string, body: object) => post(`${api.url}/api/auth${path}`, body);
  const { isSent } = await api.api.signIn.links.invite(system, { email: "ann@example.org" });
  expect([isSent, mail.mails[0]?.to]).toEqual([true, ["ann@example.org"]]);
  const token = tokenIn(mail.mails[0]?.text, "/invitation");
  cookieOf(await send("/invitation", { token, username: "ann", password: "correct horse battery" }));

  const answers = [];
  for (const name of ["ANN", "nobody", "ann@example.org"]) {
    const answer = await send("/request-reset", { name });
    answers.push([answer.status, await answer.text()]);
  }
  expect(new Set(answers.map(String)).size).toBe(1);
  await expect.poll(() => mail.mails.length).toBe(3);
  const reset = tokenIn(mail.mails[2]?.text, "/reset");
  cookieOf(await send("/reset", { token: reset, password: "another long one" }));
  // With the password every other link to set one is over.
  expect(
    (await send("/reset", { token: tokenIn(mail.mails[1]?.text, "/reset"), password: "a third long one" }))
      .status,
  ).toBe(404);

  const { mails } = mail;
  for (let asked = 0; asked < 10; asked++) await send("/request-reset", { name: "victim" });
  expect((await send("/request-reset", { name: "victim" })).status).toBe(429);
  expect(mails).toHaveLength(3);
});

test("where the server for e-mail is down the link is there to be copied", async () => {
  const api = await startSecuredApi(database, {
    RUNWEIR_SMTP_URL: "smtp://127.0.0.1:1",
    RUNWEIR_PUBLIC_URL: "http://runweir.example.org",
  });
  const { path, isSent } = await api.api.signIn.links.invite(system, { email: "bob@example.org" });
  expect([isSent, path]).toEqual([false, expect.stringMatching(/^\/invitation\/[\w-]{43}$/)]);
});
