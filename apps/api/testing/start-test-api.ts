import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { readApiSettings } from "../src/config.ts";
import { createApi } from "../src/create-api.ts";

/** The whole API on a port of its own; gone after the test. */
export async function startTestApi(
  databaseUrl: string,
  environment: Readonly<Record<string, string>> = {},
  zoneUrls: Parameters<typeof createApi>[0]["zoneUrls"] = {},
) {
  const home = mkdtempSync(join(tmpdir(), "runweir-api-"));
  const api = await createApi({
    settings: readApiSettings({
      RUNWEIR_PORT: "0",
      RUNWEIR_HOME: home,
      RUNWEIR_SECRET_KEY: randomBytes(32).toString("base64"),
      RUNWEIR_LOG_LEVEL: "silent",
      ...environment,
    }),
    databaseUrl,
    zoneUrls,
  });
  onTestFinished(async () => {
    await api.close();
    rmSync(home, { recursive: true });
  });
  return { url: await api.listen(), home, api };
}

export function post(
  url: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
}

export async function createRun(
  url: string,
  experimentId = "0",
  headers: Readonly<Record<string, string>> = {},
): Promise<{ run_id: string; artifact_uri: string }> {
  const answer = await post(`${url}/api/2.0/mlflow/runs/create`, { experiment_id: experimentId }, headers);
  return ((await answer.json()) as { run: { info: { run_id: string; artifact_uri: string } } }).run.info;
}
