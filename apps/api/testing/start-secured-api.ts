import { randomBytes } from "node:crypto";
import type { NewToken, TokenScope, WorkspaceRole } from "@runweir/identity-domain";
import { systemCaller } from "@runweir/identity-domain";
import type { createTestDatabase } from "@runweir/postgres/testing";
import { post, startTestApi } from "./start-test-api.ts";

export interface TestPerson {
  readonly id: string;
  readonly username: string;
  readonly password: string;
  /** Of `authorization`: user name and password, as MLflow's clients send them. */
  readonly basic: { readonly authorization: string };
}

/** The whole API where everybody has to sign in, with its first administrator, and ways to make others. */
export async function startSecuredApi(
  database: Awaited<ReturnType<typeof createTestDatabase>>,
  environment: Readonly<Record<string, string>> = {},
) {
  const started = await startTestApi(database.url, { RUNWEIR_IDENTITY: "required", ...environment });
  const { users, tokens } = started.api.signIn;
  const system = systemCaller("test");

  async function makeUser(
    username: string,
    options: {
      readonly administrator?: boolean;
      readonly role?: WorkspaceRole;
      readonly workspace?: string;
    } = {},
  ): Promise<TestPerson> {
    const password = randomBytes(12).toString("base64url");
    const { id } = await users.create(system, { username, password, isAdministrator: options.administrator });
    if (options.role !== undefined)
      await database.query("INSERT INTO identity.workspace_member VALUES ($1, 'user', $2, $3, 0)", [
        options.workspace ?? "default",
        id,
        options.role,
      ]);
    return { id, username, password, basic: { authorization: basic(username, password) } };
  }

  return {
    ...started,
    makeUser,
    /** A token of a person, and the header to send it with. */
    async makeToken(owner: TestPerson, scope: TokenScope = { access: "all" }, rest: Partial<NewToken> = {}) {
      const { token, secret } = await tokens.create(
        system,
        { kind: "user", id: owner.id },
        { name: "test", scope, ...rest },
      );
      return { ...token, secret, bearer: { authorization: `Bearer ${secret}` } };
    },
    /** The cookie of a new session, as a browser gets and sends it. */
    async signIn({
      username,
      password,
    }: Pick<TestPerson, "username" | "password">): Promise<{ cookie: string }> {
      return cookieOf(await post(`${started.url}/api/auth/sign-in`, { name: username, password }));
    },
  };
}

export function basic(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
}

export function cookieOf(answer: Response): { cookie: string } {
  const [cookie = ""] = answer.headers.getSetCookie().map((line) => line.split(";", 1)[0] ?? "");
  if (!answer.ok || cookie === "") throw new Error(`no session: ${answer.status}`);
  return { cookie };
}
