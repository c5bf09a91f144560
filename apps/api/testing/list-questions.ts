import type { createApi } from "../src/create-api.ts";
import { findRow, requestOf } from "./matrix-requests.ts";
import type { MatrixObjects, MatrixRow } from "./matrix-row.ts";
import { procedureRows } from "./permission-rows.ts";

type Api = Awaited<ReturnType<typeof createApi>>;

/** What a route or a procedure is asked with by its row. */
export interface Question {
  /** As the tables of rows call it. */
  readonly name: string;
  readonly type: "route" | "query" | "mutation" | "subscription";
  readonly row: MatrixRow;
  /** With the question of a GET. */
  readonly target: string;
  readonly method: string;
  readonly body?: string | undefined;
  readonly contentType?: string | undefined;
}

interface Named {
  readonly name: string;
  readonly question: Question | undefined;
}

/** Every route and every procedure there is, as requests about some objects; `missing` are those that have no row. */
export function listQuestions(
  api: Pick<Api, "server" | "routers">,
  of: MatrixObjects,
): { readonly questions: readonly Question[]; readonly missing: readonly string[] } {
  const routes = api.server.routeTable
    // Procedures follow by themselves; sign-in's own routes have no rows, since they are for who is not in yet.
    .filter(({ url: path }) => !/^\/(trpc|api\/auth)\//.test(path))
    .map(({ method, url: path }): Named => {
      const name = `${method} ${path}`;
      const row = findRow(name, of);
      return {
        name,
        question: row && { name, type: "route", row, ...requestOf(method, path, row) },
      };
    });
  const rows = procedureRows(of);
  const procedures = Object.entries(api.routers).flatMap(([slice, router]) =>
    Object.entries<{ readonly _def: { readonly type: "query" | "mutation" | "subscription" } }>(
      router._def.procedures,
    ).map(([path, { _def }]): Named => {
      const name = `${slice}.${path}`;
      const row = rows[name];
      const question = row && {
        name,
        type: _def.type,
        row,
        ...callOf(_def.type, `/trpc/${slice}/${path}`, row),
      };
      return { name, question };
    }),
  );
  const all = [...routes, ...procedures];
  return {
    questions: all.flatMap(({ question }) => question ?? []),
    missing: all.filter(({ question }) => question === undefined).map(({ name }) => name),
  };
}

function callOf(type: Question["type"], path: string, { body }: MatrixRow) {
  const input = body === undefined ? undefined : JSON.stringify(body);
  if (type === "mutation")
    return { target: path, method: "POST", body: input ?? "", contentType: "application/json" };
  return { target: input === undefined ? path : `${path}?input=${encodeURIComponent(input)}`, method: "GET" };
}

/** Asks it as whoever the headers say. */
export function put(
  url: string,
  { target, method, body, contentType }: Omit<Question, "name" | "type" | "row">,
  headers: Readonly<Record<string, string>>,
  signal?: AbortSignal,
): Promise<Response> {
  return fetch(`${url}${target}`, {
    method,
    headers: { ...headers, ...(contentType === undefined ? {} : { "content-type": contentType }) },
    ...(body === undefined ? {} : { body }),
    ...(signal === undefined ? {} : { signal }),
  });
}
