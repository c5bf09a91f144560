import { createTestDatabase } from "@runweir/postgres/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { listQuestions, put } from "../testing/list-questions.ts";
import { makeObjects } from "../testing/matrix-objects.ts";
import { makePeople, type Person } from "../testing/matrix-people.ts";
import { statusOf, statusOfEach, statusOfStream } from "../testing/matrix-requests.ts";
import type { MatrixRow } from "../testing/matrix-row.ts";
import { startSecuredApi } from "../testing/start-secured-api.ts";
import { post } from "../testing/start-test-api.ts";
import { migrationFolders } from "./prepare-database.ts";

let database: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  database = await createTestDatabase(migrationFolders);
});
afterAll(() => database.drop());

/** Signed in or not, one is told apart from who may not. */
const isAllowed = (status: number): boolean => status !== 401 && status !== 403;

function mayDo(person: Person, row: MatrixRow): boolean {
  const may = row.any ? (person.mayAny ?? person.may) : person.may;
  if (row.byPassword && !person.headers.authorization?.startsWith("Basic ")) return false;
  const mayAny = person.mayAny ?? person.may;
  if (row.door !== undefined && !mayAny.includes(row.door)) return false;
  return row.needs.every((permission) => may.includes(permission));
}

test("every route and every procedure, asked by everybody, answers those who may and no others", async () => {
  await database.query("INSERT INTO identity.workspace (name, creation_time) VALUES ('other', 0)");
  const secured = await startSecuredApi(database);
  const { url, api, makeUser } = secured;
  const maker = await makeUser("maker", { role: "admin" });
  const of = await makeObjects(url, maker.basic, "a");
  const people = await makePeople(database, secured, of);

  const wrong: string[] = [];
  const touchRun = async () => {
    // Whichever of the two moves it, it has changed.
    for (const what of ["restore", "delete", "restore"])
      await (await post(`${url}/api/2.0/mlflow/runs/${what}`, { run_id: of.runId }, maker.basic)).text();
  };
  const check = (name: string, person: Person, row: MatrixRow, status: number) => {
    if (isAllowed(status) === mayDo(person, row)) return;
    wrong.push(
      `${name} as ${person.name}: ${status}, ${mayDo(person, row) ? "may" : "may not"} ${row.needs.join(" and ")}`,
    );
  };

  const { questions, missing } = listQuestions(api, of);
  expect(missing, "without a row").toEqual([]);
  expect(questions.filter(({ type }) => type === "route").length).toBeGreaterThan(100);
  expect(questions.filter(({ type }) => type !== "route").length).toBeGreaterThan(50);

  for (const person of people)
    for (const question of listQuestions(api, of).questions) {
      const { name, type, row, target } = question;
      const status =
        type === "subscription"
          ? await statusOfStream(`${url}${target}`, person.headers, touchRun)
          : await (row.each ? statusOfEach : statusOf)(put(url, question, person.headers));
      check(name, person, row, status);
    }
  expect(wrong).toEqual([]);
});

test("what is public is what is meant to be", async () => {
  const { api } = await startSecuredApi(database);
  const open = api.server.routeTable
    .filter(({ permission }) => permission === "public")
    .map(({ url }) => url);
  const meant = [
    "/version",
    "/health",
    "/health/live",
    "/health/ready",
    "/api/3.0/mlflow/server-info",
    "/ajax-api/3.0/mlflow/server-info",
    "/api/snapshots/:number/files/*",
    "/api/reviews/:id/checks",
    "/*",
  ];
  const others = new Set(open.filter((path) => !meant.includes(path) && !/^\/(trpc|api\/auth)\//.test(path)));
  expect([...others]).toEqual([]);
});
