/**
 * `npm run seed [-- --url http://127.0.0.1:5050] [-- --runs 10000]`: fills a running Runweir.
 *
 * Without `--runs` the demo project is loaded, the same that the empty home page offers. With `--runs N` one experiment
 * of N small runs (20 metrics, 20 params, 5 tags) is made, for looking at pages at scale.
 */
import { parseArgs } from "node:util";
import { loadManyRuns } from "./load-many-runs.ts";

const { values } = parseArgs({
  options: {
    url: { type: "string", default: "http://127.0.0.1:5050" },
    runs: { type: "string" },
  },
});

try {
  if (values.runs === undefined) await loadDemo(values.url);
  else await loadManyRuns(values.url, positiveWhole("--runs", values.runs));
} catch (error) {
  const refused = error instanceof TypeError && error.message === "fetch failed";
  console.error(
    refused
      ? `Nothing answers at ${values.url}. Start Runweir first (npm start), or give --url.`
      : String(error),
  );
  process.exitCode = 1;
}

async function loadDemo(url: string): Promise<void> {
  console.log("Loading the demo project...");
  const answer = await fetch(`${url}/trpc/demo/load`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{}",
  });
  const body = (await answer.json()) as {
    result?: { data: { experimentIds: string[]; runs: number } };
    error?: { message: string };
  };
  if (!body.result) throw new Error(body.error?.message ?? `the server answered ${answer.status}`);
  const { experimentIds, runs } = body.result.data;
  console.log(`${runs} runs in ${experimentIds.length} experiments:`);
  for (const id of experimentIds) console.log(`  ${url}/experiments/${id}`);
}

function positiveWhole(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new Error(`${name}: found "${text}", allowed is a whole number from 1.`);
  return value;
}
