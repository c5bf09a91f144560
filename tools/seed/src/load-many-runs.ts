const start = 1_790_000_000_000;
const atOnce = 8;

/** One experiment of many small runs, written through the REST interface as clients do. */
export async function loadManyRuns(url: string, runs: number): Promise<string> {
  const post = async <T>(path: string, body: unknown): Promise<T> => {
    const answer = await fetch(`${url}/api/2.0/mlflow/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  const name = `many-runs-${Date.now()}`;
  const { experiment_id } = await post<{ experiment_id: string }>("experiments/create", { name });
  let next = 0;
  const worker = async () => {
    for (let i = next++; i < runs; i = next++) {
      const { run } = await post<{ run: { info: { run_id: string } } }>("runs/create", {
        experiment_id,
        start_time: start + i * 1_000,
        run_name: `run-${String(i).padStart(5, "0")}`,
      });
      await post("runs/log-batch", { run_id: run.info.run_id, ...contentOf(i) });
      await post("runs/update", {
        run_id: run.info.run_id,
        status: i % 17 === 0 ? "FAILED" : "FINISHED",
        end_time: start + i * 1_000 + 60_000,
      });
      if ((i + 1) % 1_000 === 0) console.log(`${i + 1} of ${runs}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  console.log(`${runs} runs: ${url}/experiments/${experiment_id}`);
  return experiment_id;
}

function contentOf(i: number) {
  const value = (k: number) => ((i * 7919 + k * 104_729) % 99_991) / 99_991;
  return {
    metrics: Array.from({ length: 20 }, (_, k) => ({
      key: `metric_${k}`,
      value: value(k),
      timestamp: start + i * 1_000,
      step: 0,
    })),
    params: Array.from({ length: 20 }, (_, k) => ({
      key: `param_${k}`,
      value: String(Math.floor(value(k) * 10)),
    })),
    tags: Array.from({ length: 5 }, (_, k) => ({ key: `tag_${k}`, value: `value-${(i * 7 + k) % 50}` })),
  };
}
