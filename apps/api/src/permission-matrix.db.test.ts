import { createTestDatabase } from "@runweir/postgres/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeObjects } from "../testing/matrix-objects.ts";
import { makePeople, type Person } from "../testing/matrix-people.ts";
import { ask, findRow, statusOf, statusOfEach, statusOfStream } from "../testing/matrix-requests.ts";
import type { MatrixRow } from "../testing/matrix-row.ts";
import { procedureRows } from "../testing/permission-rows.ts";
import { startSecuredApi } from "../testing/start-secured-api.ts";
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
      await ask(
        url,
        "POST",
        `/api/2.0/mlflow/runs/${what}`,
        { needs: [], body: { run_id: of.runId } },
        maker.basic,
      );
  };
  const check = (name: string, person: Person, row: MatrixRow, status: number) => {
    if (isAllowed(status) === mayDo(person, row)) return;
    wrong.push(
      `${name} as ${person.name}: ${status}, ${mayDo(person, row) ? "may" : "may not"} ${row.needs.join(" and ")}`,
    );
  };

  const routes = api.server.routeTable.filter(({ url: path }) => !/^\/(trpc|api\/auth)\//.test(path));
  const procedures = Object.entries(api.routers).flatMap(([slice, router]) =>
    Object.entries<{ _def: { type: string } }>(router._def.procedures).map(([path, { _def }]) => ({
      name: `${slice}.${path}`,
      type: _def.type,
      url: `/trpc/${slice}/${path}`,
    })),
  );
  const missing = [
    ...routes
      .map(({ method, url: path }) => `${method} ${path}`)
      .filter((name) => findRow(name, of) === undefined),
    ...procedures.map(({ name }) => name).filter((name) => procedureRows(of)[name] === undefined),
  ];
  expect(missing, "without a row").toEqual([]);
  expect(routes.length).toBeGreaterThan(100);
  expect(procedures.length).toBeGreaterThan(50);

  for (const person of people) {
    for (const { method, url: path } of routes) {
      const row = findRow(`${method} ${path}`, of);
      if (row === undefined) continue;
      const status = await ask(url, method, path, row, person.headers);
      // Some routes read their question from bodies where it is no GET; what counts is that nobody is answered by HEAD alone.
      if (method !== "HEAD" || status < 400) check(`${method} ${path}`, person, row, status);
    }
    for (const { name, type, url: path } of procedures) {
      const row = procedureRows(of)[name];
      if (row === undefined) continue;
      const input = row.body === undefined ? undefined : JSON.stringify(row.body);
      const isQuery = type !== "mutation";
      const target = `${url}${path}${isQuery && input !== undefined ? `?input=${encodeURIComponent(input)}` : ""}`;
      const init = {
        method: isQuery ? "GET" : "POST",
        headers: { ...person.headers, ...(isQuery ? {} : { "content-type": "application/json" }) },
        ...(isQuery ? {} : { body: input ?? "" }),
      };
      const status =
        type === "subscription"
          ? await statusOfStream(target, person.headers, touchRun)
          : await (row.each ? statusOfEach : statusOf)(target, init);
      check(name, person, row, status);
    }
  }
  expect(wrong).toEqual([]);
}, 120_000);

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
