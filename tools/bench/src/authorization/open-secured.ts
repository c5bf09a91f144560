import { becomeAdministrator, type ChildServer, startRunweir } from "@runweir/server";
import { type Call, sendJson } from "../drive-load.ts";

export interface SecuredServer {
  readonly server: ChildServer;
  readonly headers: Readonly<Record<string, string>>;
  readonly runIds: readonly string[];
}

const args = ["--no-pages", "--no-warehouse"];

export async function startOpen(folder: string, runs: number): Promise<SecuredServer> {
  const server = await startRunweir(folder, { RUNWEIR_LOG_LEVEL: "warn" }, args);
  return { server, headers: {}, runIds: await createRuns(server.url, {}, "bench", runs) };
}

/**
 * A server with sign-in, and somebody who may log to an experiment by a grant, not by a role: with a token, a role that allows no more
 * than reading, and grants on `grants` other experiments, each of which is looked at before the answer is known.
 */
export async function startSecured(
  folder: string,
  options: { readonly runs: number; readonly grants: number },
): Promise<SecuredServer> {
  const server = await startRunweir(folder, { RUNWEIR_LOG_LEVEL: "warn" }, [...args, "--identity"]);
  const { url } = server;
  const { username, password } = await becomeAdministrator({ url, folder });
  const admin = { authorization: basic(username, password) };
  await sendJson(url, post("/api/2.0/mlflow/users/create", { username: "trainer", password }), admin);
  const runIds = await createRuns(url, admin, "bench", options.runs);
  const { experiment } = await sendJson<{ experiment: { experiment_id: string } }>(
    url,
    { method: "GET", path: "/api/2.0/mlflow/experiments/get-by-name?experiment_name=bench" },
    admin,
  );
  const granted = [experiment.experiment_id];
  for (let i = 0; i < options.grants; i++)
    granted.push(await createExperiment(url, admin, `another, number ${i}`));
  for (const experiment_id of granted) {
    const grant = { experiment_id, username: "trainer", permission: "EDIT" };
    await sendJson(url, post("/api/2.0/mlflow/experiments/permissions/create", grant), admin);
  }
  const { result } = await sendJson<{ result: { data: { secret: string } } }>(
    url,
    post("/trpc/identity/account.tokens.create", { name: "bench", access: "ingest" }),
    { authorization: basic("trainer", password) },
  );
  return { server, headers: { authorization: `Bearer ${result.data.secret}` }, runIds };
}

async function createRuns(
  url: string,
  headers: Readonly<Record<string, string>>,
  experiment: string,
  count: number,
): Promise<readonly string[]> {
  const experimentId = await createExperiment(url, headers, experiment);
  const made: string[] = [];
  for (let i = 0; i < count; i++) {
    const { run } = await sendJson<{ run: { info: { run_id: string } } }>(
      url,
      post("/api/2.0/mlflow/runs/create", { experiment_id: experimentId }),
      headers,
    );
    made.push(run.info.run_id);
  }
  return made;
}

async function createExperiment(
  url: string,
  headers: Readonly<Record<string, string>>,
  name: string,
): Promise<string> {
  const made = await sendJson<{ experiment_id: string }>(
    url,
    post("/api/2.0/mlflow/experiments/create", { name }),
    headers,
  );
  return made.experiment_id;
}

function post(path: string, body: object): Call {
  return { method: "POST", path, body: JSON.stringify(body) };
}

function basic(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
}
