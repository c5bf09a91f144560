import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DomainError } from "@runweir/errors";
import { readOwnCredentials, readServerPlace } from "./config.ts";

/** Where a Runweir answers that is running: at this address, at RUNWEIR_URL, or where the one in the data folder does. */
export function findServer(place: { readonly data?: string | undefined; readonly url?: string | undefined }) {
  const { url, home } = readServerPlace(place.data);
  return (place.url ?? url ?? findRunning(home)).replace(/\/+$/, "");
}

/** Asks a Runweir; that nothing answers there is `failed_precondition`. */
export async function requestServer(base: string, path: string, init?: RequestInit): Promise<Response> {
  const headers = {
    ...readOwnCredentials(),
    ...(init?.headers as Record<string, string> | undefined),
  };
  return fetch(base + path, { ...init, headers }).catch((cause: unknown) => {
    if (init?.signal?.aborted) throw cause;
    throw new DomainError("failed_precondition", `Nothing answers at ${base}. Is Runweir running?`, {
      cause,
    });
  });
}

/**
 * Asks for JSON, by requests that may be sent twice: `fetch` gives up on an answer after five minutes, and a first snapshot
 * of much may take longer. What the server refuses is `failed_precondition` with its own words.
 */
export function askServer(data: string | undefined): (path: string, init?: RequestInit) => Promise<unknown> {
  const base = findServer({ data });
  return async function ask(path: string, init?: RequestInit): Promise<unknown> {
    const answer = await requestServer(base, path, init).catch((error: unknown) => {
      if (isImpatience(error)) return undefined;
      throw error;
    });
    if (!answer) return ask(path, init);
    const body: unknown = await answer.json().catch(() => undefined);
    if (answer.ok) return body;
    throw refusal(base, answer, body);
  };
}

function isImpatience(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if ((cause as NodeJS.ErrnoException).code === "UND_ERR_HEADERS_TIMEOUT") return true;
  return false;
}

/** What a server said instead of an answer. */
export function refusal(base: string, answer: Response, body: unknown): DomainError {
  if (answer.status === 401)
    return new DomainError(
      "failed_precondition",
      `${base} wants to know who you are: set MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD.`,
    );
  // Procedures say it one step further in.
  const said = body as { message?: unknown; error?: { message?: unknown } } | undefined;
  const message = said?.message ?? said?.error?.message;
  return new DomainError(
    "failed_precondition",
    typeof message === "string" ? message : `${base} answered ${answer.status}.`,
  );
}

function findRunning(home: string): string {
  try {
    const { url } = JSON.parse(readFileSync(join(home, "running.json"), "utf8")) as { url?: string };
    if (url !== undefined) return url;
  } catch {
    // No note, or half a one: nobody is ready there.
  }
  throw new DomainError(
    "failed_precondition",
    `No Runweir is running in ${home}. Start it, choose another folder with --data, or set RUNWEIR_URL.`,
  );
}
