import { createTestDatabase } from "@runweir/postgres/testing";
import { afterEach, beforeEach, expect, test } from "vitest";
import { basic, startSecuredApi } from "../testing/start-secured-api.ts";
import { post } from "../testing/start-test-api.ts";
import { migrationFolders } from "./prepare-database.ts";

// One for each test: both count all attempts that the audit log has.
let database: Awaited<ReturnType<typeof createTestDatabase>>;
beforeEach(async () => {
  database = await createTestDatabase(migrationFolders);
});
afterEach(() => database.drop());

/** A proxy on this machine is believed about where a request came from. */
const from = (number: number) => ({ "x-forwarded-for": `10.${number >> 8}.${number & 255}.7` });
const signIn = (url: string, name: string, password: string, number: number) =>
  post(`${url}/api/auth/sign-in`, { name, password }, from(number));

/** How many were looked at, and how many were told to wait. */
async function attack(attempts: readonly (() => Promise<Response>)[]) {
  const statuses = new Map<number, number>();
  const queue = [...attempts];
  await Promise.all(
    Array.from({ length: 32 }, async () => {
      for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
        const answer = await next();
        if (answer.status === 429) expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
        await answer.arrayBuffer();
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      }
    }),
  );
  return Object.fromEntries(statuses);
}

test("a thousand guesses at one account, from a thousand addresses, through two processes, are ten", async () => {
  const [first, second] = [await startSecuredApi(database), await startSecuredApi(database)];
  const ann = await first.makeUser("ann", { role: "viewer" });
  const bob = await first.makeUser("bob", { role: "viewer" });
  const session = await first.signIn(ann);
  const { bearer } = await first.makeToken(ann);
  const search = (headers: Record<string, string>) =>
    post(`${first.url}/api/2.0/mlflow/experiments/search`, { max_results: 1 }, headers);
  expect((await search(ann.basic)).status).toBe(200);

  const guesses = Array.from(
    { length: 1_000 },
    (_, number) => () =>
      signIn((number % 2 ? first : second).url, number % 3 ? "ann" : "ANN", `guess ${number}`, number),
  );
  expect(await attack(guesses)).toEqual({ 401: 10, 429: 990 });
  const entered = await database.query(
    "SELECT action, count(*) AS count FROM identity.audit_entry WHERE action LIKE 'sign-in.%' GROUP BY action ORDER BY action",
  );
  expect(entered).toEqual([
    { action: "sign-in.failed", count: 10 },
    { action: "sign-in.locked", count: 1 },
    { action: "sign-in.succeeded", count: 1 },
  ]);
  // Who guesses right now is refused too, whoever works goes on, and others sign in.
  expect((await signIn(second.url, "ann", ann.password, 5_000)).status).toBe(429);
  for (const headers of [session, bearer, ann.basic]) expect((await search(headers)).status).toBe(200);
  expect((await signIn(second.url, "bob", bob.password, 5_001)).status).toBe(200);
});

test("from one address only so many accounts are tried, and of all together only so many", async () => {
  const api = await startSecuredApi(database);
  const tried = (name: string, number: number) =>
    post(
      `${api.url}/api/2.0/mlflow/experiments/search`,
      {},
      { authorization: basic(name, "a guess"), ...from(number) },
    );
  const fromOne = Array.from({ length: 100 }, (_, number) => () => tried(`user-${number}`, 1));
  expect(await attack(fromOne)).toEqual({ 401: 50, 429: 50 });
  const entered = await database.query(
    "SELECT FROM identity.audit_entry WHERE action = 'sign-in.failed' AND object_id LIKE 'user-%'",
  );
  expect(entered).toHaveLength(50);
  await database.query("TRUNCATE identity.attempt");
  await database.query(
    "INSERT INTO identity.attempt VALUES ('sign-in server', (extract(epoch FROM now()) * 1000)::bigint + 100000, 280)",
  );
  const fromAll = Array.from({ length: 60 }, (_, number) => () => tried(`other-${number}`, number));
  expect(await attack(fromAll)).toEqual({ 401: 20, 429: 40 });
});
