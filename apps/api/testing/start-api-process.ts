import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";

const main = resolve(import.meta.dirname, "../src/main.ts");

/** The API as a process of its own, as a team runs several; gone after the test. */
export async function startApiProcess(
  databaseUrl: string,
  environment: Readonly<Record<string, string>>,
): Promise<string> {
  const child = spawn(process.execPath, [main], {
    env: {
      ...process.env,
      RUNWEIR_DATABASE_URL: databaseUrl,
      RUNWEIR_PORT: "0",
      RUNWEIR_LOG_LEVEL: "silent",
      ...environment,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  onTestFinished(async () => {
    child.kill();
    await ended;
  });
  for await (const line of createInterface(child.stdout)) {
    const [, url] = /answers at (http\S+)/.exec(line) ?? [];
    if (url) return url;
  }
  throw new Error("the process ended before it answered");
}
