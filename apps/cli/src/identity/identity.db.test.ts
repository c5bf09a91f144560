import {
  appendAudit,
  createAuditLog,
  createRightsReader,
  identityMigrations,
  keepAdmins,
} from "@runweir/identity-postgres";
import { createSignIn } from "@runweir/identity-sign-in";
import { createTestDatabase } from "@runweir/postgres/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { runCli } from "../../testing/run-cli.ts";

let database: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  database = await createTestDatabase([identityMigrations]);
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.query(
    `TRUNCATE identity.workspace_member, identity.api_token, identity.user_group, identity.service_account, identity."user" CASCADE`,
  );
  await database.query(
    `INSERT INTO identity."user" (id, username, name) VALUES ('u1', 'ann', 'Ann Example'), ('u2', 'joann', 'Jo')`,
  );
  await database.query(
    "INSERT INTO identity.service_account (account_id, name, description, created_by, creation_time) VALUES ('s1', 'trainer', '', 'x', 0)",
  );
  await database.query(
    "INSERT INTO identity.user_group (group_id, name, description, creation_time) VALUES ('g1', 'ann', '', 0)",
  );
});

async function cli(...words: readonly string[]) {
  const run = runCli(words, { env: { RUNWEIR_DATABASE_URL: database.url } });
  return { code: await run.ended, said: run.output() };
}

const lastEntry = async () =>
  (
    await database.query(
      "SELECT action, door, object_name, after FROM identity.audit_entry ORDER BY sequence DESC LIMIT 1",
    )
  )[0];

describe("runweir members", () => {
  test("somebody is added, gets another role and is removed, and the audit log says so", async () => {
    expect(await cli("members", "add", "ANN", "viewer")).toEqual({
      code: 0,
      said: "ann is viewer of default.\n",
    });
    expect(await lastEntry()).toMatchObject({
      action: "member.add",
      door: "command-line",
      object_name: "ann",
    });
    expect((await cli("members", "list")).said).toMatch(
      /^NAME +KIND +ROLE +SINCE\nann +user +viewer +\d{4}-/,
    );
    expect((await cli("members", "add", "ann", "editor")).said).toContain(
      "is viewer of workspace 'default' already",
    );
    expect((await cli("members", "role", "ann", "editor")).said).toBe("ann is editor of default.\n");
    expect(JSON.parse((await cli("members", "list", "--json")).said)).toMatchObject([
      { kind: "user", id: "u1", role: "editor" },
    ]);
    expect((await cli("members", "remove", "ann")).said).toContain(
      "Nothing was changed; say --yes to do it.",
    );
    expect((await cli("members", "remove", "ann", "--yes")).code).toBe(0);
    expect((await cli("members", "list", "--json")).said).toBe("[]\n");
    expect((await cli("members", "role", "ann", "editor")).said).toContain("'ann' is no member of workspace");
  });

  test("a group of the same name is meant when it is said so", async () => {
    await cli("members", "add", "ann", "guest", "--kind", "group");
    expect(JSON.parse((await cli("members", "list", "--json")).said)).toMatchObject([
      { kind: "group", id: "g1" },
    ]);
  });

  test.each([
    [["members"], "members: found nothing, allowed are list, add NAME ROLE"],
    [["members", "add", "ann", "boss"], 'role is "boss"; allowed are guest, viewer'],
    [["members", "add", "nobody", "guest"], "There is no user or group or service account 'nobody'."],
    [["members", "list", "--workspace", "nowhere"], "There is no workspace 'nowhere'."],
  ])("%j is refused", async (words, sentence) => {
    expect(await cli(...words)).toEqual({ code: 1, said: expect.stringContaining(sentence) });
  });
});

describe("runweir tokens", () => {
  test("a token of a service account opens the server until it is revoked", async () => {
    const signIn = createSignIn({
      database,
      databaseUrl: database.url,
      rights: createRightsReader({ database }),
      clock: { now: () => Date.now() },
      newId: () => crypto.randomUUID(),
      enter: appendAudit,
      keepAdmins,
      inherit: async () => ({}),
      audit: createAuditLog({ database }),
      required: {
        secret: "a secret that only this test has, at least",
        publicUrl: undefined,
        allowedOrigins: [],
        providers: [],
      },
      mail: undefined,
      warn: () => {},
    });
    const ask = (secret: string) =>
      signIn.identify({ id: "r", address: "127.0.0.1", headers: { authorization: `Bearer ${secret}` } });
    try {
      const run = runCli(
        ["tokens", "create", "nightly", "--of", "trainer", "--access", "ingest", "--days", "7"],
        {
          env: { RUNWEIR_DATABASE_URL: database.url },
        },
      );
      let printed = "";
      run.child.stdout?.on("data", (part) => (printed += part));
      expect(await run.ended).toBe(0);
      const secret = printed.trim();
      expect(secret).toMatch(/^rwt_\S{43}$/);
      expect(run.output()).toContain("good for 7 days");
      expect(await ask(secret)).toMatchObject({
        principal: { kind: "service-account", name: "trainer" },
        rights: { scope: { access: "ingest" } },
      });
      const { said } = await cli("tokens", "list", "--json");
      expect(said).not.toContain(secret);
      const [listed] = JSON.parse(said);
      expect(listed).toMatchObject({ name: "nightly", owner: { kind: "service-account", name: "trainer" } });
      expect((await cli("tokens", "list", "--of", "ann")).said).toBe("No tokens.\n");
      expect((await cli("tokens", "revoke", listed.tokenId)).said).toContain("Nothing was changed");
      expect((await cli("tokens", "revoke", listed.tokenId, "--yes")).said).toBe(
        "'nightly' of trainer is revoked.\n",
      );
      expect(await lastEntry()).toMatchObject({ action: "token.revoke", door: "command-line" });
      await expect
        .poll(() =>
          ask(secret).then(
            () => "open",
            () => "refused",
          ),
        )
        .toBe("refused");
    } finally {
      await signIn.close();
    }
  });

  test.each([
    [["tokens", "create", "x"], "tokens create: --of says whose token it is; it is missing."],
    [
      ["tokens", "create", "x", "--of", "ann", "--days", "0"],
      '--days: found "0", allowed is a number from 1 to 3650.',
    ],
    [["tokens", "revoke", "none", "--yes"], "There is no token with id 'none'"],
  ])("%j is refused", async (words, sentence) => {
    expect(await cli(...words)).toEqual({ code: 1, said: expect.stringContaining(sentence) });
  });
});
