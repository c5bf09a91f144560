import type { MatrixObjects, MatrixRow } from "./matrix-row.ts";
import { artifactRows, mlflow3Rows, mlflowRows, otherRows } from "./permission-rows.ts";

type Headers = Readonly<Record<string, string>>;

/** The rows of a route or a procedure, by the name that the tables use. */
export function findRow(name: string, of: MatrixObjects): MatrixRow | undefined {
  const [, method, path = ""] = /^(\S+) (.*)$/.exec(name) ?? [];
  const [, api, rest] =
    /^\/(?:ajax-)?api\/(2\.0\/mlflow|3\.0\/mlflow|2\.0\/mlflow-artifacts)\/(.*)$/.exec(path) ?? [];
  const asked = method === "HEAD" ? "GET" : method;
  if (api === "2.0/mlflow") return mlflowRows(of)[`${asked} ${rest}`];
  if (api === "3.0/mlflow") return mlflow3Rows(of)[`${asked} ${rest}`];
  if (api === "2.0/mlflow-artifacts") return artifactRows(of)[`${asked} ${rest}`];
  return otherRows(of)[`${asked} ${path}`];
}

/** What a route is asked with by its row. */
export function requestOf(method: string, path: string, row: MatrixRow) {
  const filled = path.replace(/:([a-zA-Z_]+)|\*/g, (whole, name) => row.params?.[name ?? "*"] ?? whole);
  const target = `${filled}${row.query === undefined ? "" : `?${new URLSearchParams(row.query)}`}`;
  if (method === "GET" || method === "HEAD") return { target, method };
  return {
    target,
    method,
    body: row.bytes ?? JSON.stringify(row.body ?? {}),
    contentType: row.bytes === undefined ? "application/json" : "application/octet-stream",
  };
}

export async function statusOf(asked: Promise<Response>): Promise<number> {
  const answer = await asked;
  await answer.arrayBuffer();
  return answer.status;
}

/** A stream opens for everybody, and says then that somebody may not have it, or what changes. */
export async function statusOfStream(
  url: string,
  headers: Headers,
  change: () => Promise<unknown>,
): Promise<number> {
  const leave = new AbortController();
  const answer = await fetch(url, {
    headers: { ...headers, accept: "text/event-stream" },
    signal: leave.signal,
  });
  let text = "";
  let isChanged = false;
  try {
    for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk;
      if (/^event: serialized-error/m.test(text)) return text.includes("UNAUTHORIZED") ? 401 : 403;
      if (/^id: |^data: \[/m.test(text)) return answer.status;
      if (!isChanged && text.includes("event: connected")) {
        isChanged = true;
        await change();
      }
    }
    return answer.status;
  } finally {
    leave.abort();
  }
}

/** Of several things it is told one by one what became of them. */
export async function statusOfEach(asked: Promise<Response>): Promise<number> {
  const answer = await asked;
  return (await answer.text()).includes("Permission denied") ? 403 : answer.status;
}
