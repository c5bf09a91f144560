import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DomainError } from "@runweir/errors";
import { readServerPlace } from "./config.ts";

/**
 * Asks a Runweir that is running: RUNWEIR_URL, or the one in the data folder. What it refuses is `failed_precondition` with
 * its own words.
 */
export function askServer(data: string | undefined): (path: string, init?: RequestInit) => Promise<unknown> {
  const { url, home } = readServerPlace(data);
  const base = (url ?? findRunning(home)).replace(/\/+$/, "");
  return async (path, init) => {
    const answer = await fetch(base + path, init).catch((cause: unknown) => {
      throw new DomainError("failed_precondition", `Nothing answers at ${base}. Is Runweir running?`, {
        cause,
      });
    });
    const body: unknown = await answer.json().catch(() => undefined);
    if (answer.ok) return body;
    const message = (body as { message?: unknown } | undefined)?.message;
    throw new DomainError(
      "failed_precondition",
      typeof message === "string" ? message : `${base} answered ${answer.status}.`,
    );
  };
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
