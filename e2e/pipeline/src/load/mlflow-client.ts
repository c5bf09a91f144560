import type { ServiceProcess } from "../parts/service-process.ts";

/** What became of one request. `silent`: no answer, and the process was not disturbed meanwhile, so it owed one. */
export type Reply =
  | { readonly kind: "answer"; readonly status: number; readonly body: unknown; readonly text: string }
  | { readonly kind: "broken"; readonly reason: string }
  | { readonly kind: "silent" };

/** Longer than what the server allows itself for its log (15 s) and its database (5 s) together. */
export const answerLimitMs = 25_000;

interface Request {
  readonly body?: unknown;
  readonly query?: Readonly<Record<string, string>>;
}

export function callMlflow(api: ServiceProcess, path: string, options: Request = {}): Promise<Reply> {
  return callApi(api, `/api/2.0/mlflow/${path}`, options);
}

export async function callApi(api: ServiceProcess, path: string, options: Request): Promise<Reply> {
  const began = performance.now();
  const query = options.query ? `?${new URLSearchParams(options.query)}` : "";
  try {
    const response = await fetch(`${api.url}${path}${query}`, {
      signal: AbortSignal.timeout(answerLimitMs),
      ...(options.body === undefined
        ? {}
        : {
            method: "POST",
            headers: { "content-type": "application/json" },
            body: JSON.stringify(options.body),
          }),
    });
    const text = await response.text();
    return { kind: "answer", status: response.status, body: parsed(text), text };
  } catch (error) {
    if (error instanceof Error && error.name === "TimeoutError" && api.disturbedAt < began)
      return { kind: "silent" };
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return { kind: "broken", reason: cause instanceof Error ? cause.message : String(cause) };
  }
}

/** For the harness's own needs, in quiet times. */
export async function askMlflow<T>(api: ServiceProcess, path: string, options: Request = {}): Promise<T> {
  const reply = await callMlflow(api, path, options);
  if (reply.kind === "answer" && reply.status === 200) return reply.body as T;
  throw new Error(`${api.name} answered ${path}: ${JSON.stringify(reply).slice(0, 300)}`);
}

export async function createRun(api: ServiceProcess): Promise<string> {
  const { run } = await askMlflow<{ run: { info: { run_id: string } } }>(api, "runs/create", {
    body: { experiment_id: "0", start_time: Date.now() },
  });
  return run.info.run_id;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
