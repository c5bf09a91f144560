import type { MatrixObjects } from "./matrix-row.ts";

type Headers = Readonly<Record<string, string>>;

/** What the rows are about, made by somebody who may. */
export async function makeObjects(url: string, headers: Headers, prefix: string): Promise<MatrixObjects> {
  const send = (path: string, body: object) => sendTo(`/api/2.0/mlflow/${path}`, body);
  const sendTo = async (path: string, body: object) => {
    const answer = await fetch(`${url}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
    return (await answer.json()) as unknown;
  };
  let made = 0;
  const experimentName = `${prefix}-name-to-keep`;
  const { experiment_id: experimentId } = (await send("experiments/create", { name: experimentName })) as {
    experiment_id: string;
  };
  const { run } = (await send("runs/create", { experiment_id: experimentId })) as {
    run: { info: { run_id: string } };
  };
  const runId = run.info.run_id;
  const { model } = (await send("logged-models", { experiment_id: experimentId, name: "logged" })) as {
    model: { info: { model_id: string } };
  };
  const name = `${prefix}-model-to-keep`;
  await send("registered-models/create", { name });
  await send("model-versions/create", { name, source: `runs:/${runId}/model` });
  const { id: requestId } = (await sendTo("/api/reviews", {
    model: name,
    version: 1,
    target: "@reviewed",
  })) as { id: number };
  return {
    requestId,
    experimentId,
    experimentName,
    runId,
    loggedModelId: model.info.model_id,
    model: name,
    fresh: () => `${prefix}-fresh-${++made}`,
  };
}
