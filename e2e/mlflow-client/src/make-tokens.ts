import type { Credentials } from "./credentials.ts";

/** A token of each kind, as environment variables say it to our tests. */
export async function makeTokens(
  url: string,
  { username, password }: Credentials,
): Promise<Record<string, string>> {
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
  const tokens: Record<string, string> = {};
  for (const access of ["all", "read", "ingest"]) {
    const { result } = (await ask(
      `${url}/trpc/identity/account.tokens.create`,
      { name: access, access },
      { authorization },
    )) as { result: { data: { secret: string } } };
    tokens[`RUNWEIR_TEST_TOKEN_${access.toUpperCase()}`] = result.data.secret;
  }
  return tokens;
}

async function ask(url: string, body: object, headers: Record<string, string>): Promise<unknown> {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}
