import { type ChildServer, startRunweir } from "@runweir/server";

export type LogKind = "direct" | "kafka";

/** Runweir without pages and snapshots, as `npm start` runs it: metrics straight into Postgres, or through a broker of its own. */
export function startSystem(folder: string, log: LogKind): Promise<ChildServer> {
  return startRunweir(folder, { RUNWEIR_LOG_LEVEL: "warn" }, [
    "--no-pages",
    "--no-warehouse",
    ...(log === "kafka" ? ["--kafka"] : []),
  ]);
}

export async function createRuns(url: string, count: number): Promise<readonly string[]> {
  return Promise.all(
    Array.from({ length: count }, async () => {
      const answer = await callApi<{ run: { info: { run_id: string } } }>(url, "POST", "runs/create", {
        experiment_id: "0",
      });
      return answer.run.info.run_id;
    }),
  );
}

/** Asks MLflow's API; one that says 503 is asked again, as clients do. */
export async function callApi<T>(
  url: string,
  method: "GET" | "POST",
  path: string,
  body?: object,
): Promise<T> {
  for (;;) {
    const answer = await fetch(`${url}/api/2.0/mlflow/${path}`, {
      method,
      ...(body ? { headers: { "content-type": "application/json" }, body: JSON.stringify(body) } : {}),
    });
    const text = await answer.text();
    if (answer.status === 200) return JSON.parse(text) as T;
    if (answer.status !== 503) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 300)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Resolves when everything accepted so far can be read; with how long that took, in milliseconds. */
export async function drain(url: string): Promise<number> {
  const began = performance.now();
  await callApi(url, "POST", "runs/search", { experiment_ids: ["0"], max_results: 1 });
  return performance.now() - began;
}
