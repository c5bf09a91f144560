/** MLflow's REST interface, as the smallest of clients speaks it: for what pages show, whoever logged it. */
export async function post<Answer>(server: string, path: string, body: object): Promise<Answer> {
  const answer = await fetch(`${server}/api/2.0/mlflow/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Answer;
}

export async function createExperiment(server: string, name: string): Promise<string> {
  return (await post<{ experiment_id: string }>(server, "experiments/create", { name })).experiment_id;
}

/** Runs that are started later have a later start, also in the same millisecond. */
let lastStart = 0;

export async function startRun(server: string, experimentId: string, name: string): Promise<string> {
  lastStart = Math.max(Date.now(), lastStart + 1);
  const { run } = await post<{ run: { info: { run_id: string } } }>(server, "runs/create", {
    experiment_id: experimentId,
    run_name: name,
    start_time: lastStart,
  });
  return run.info.run_id;
}

async function finishRun(server: string, runId: string): Promise<void> {
  await post(server, "runs/update", { run_id: runId, status: "FINISHED", end_time: Date.now() });
}

export interface LoggedRun {
  readonly name: string;
  readonly params?: Readonly<Record<string, string | number>>;
  readonly tags?: Readonly<Record<string, string>>;
  /** The values at the steps 0, 1 and so on. */
  readonly metrics?: Readonly<Record<string, readonly number[]>>;
}

/** A finished run; its id. */
export async function logRun(server: string, experimentId: string, run: LoggedRun): Promise<string> {
  const runId = await startRun(server, experimentId, run.name);
  const texts = (entries: Readonly<Record<string, string | number>> = {}) =>
    Object.entries(entries).map(([key, value]) => ({ key, value: String(value) }));
  await post(server, "runs/log-batch", {
    run_id: runId,
    params: texts(run.params),
    tags: texts(run.tags),
    metrics: Object.entries(run.metrics ?? {}).flatMap(([key, values]) =>
      values.map((value, step) => ({
        key,
        // What is no number to JSON goes by its name.
        value: Number.isFinite(value) ? value : String(value),
        step,
        timestamp: Date.now(),
      })),
    ),
  });
  await finishRun(server, runId);
  return runId;
}
