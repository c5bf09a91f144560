import type { Caller } from "@runweir/identity-domain";
import type { MetricInput } from "@runweir/tracking-domain";
import type { DemoProgress, DemoTarget } from "./demo-target.ts";
import { planDemo } from "./plan-demo.ts";
import { countRuns, type PlannedExperiment, type PlannedRun } from "./planned-run.ts";

/** MLflow's own limit for one batch, so that the demo also stays within what clients may send. */
const batchSizeMax = 1_000;
const runsAtOnce = 8;

export interface DemoResult {
  readonly experimentIds: readonly string[];
  readonly runs: number;
}

/**
 * Writes the demo project: three experiments, about three hundred runs with nested runs, pictures, tables, failures and
 * NaNs. Loading it again makes a second set under new names; nothing that exists is touched.
 */
export async function loadDemo(
  target: DemoTarget,
  caller: Caller,
  options: { readonly seed?: number; readonly onProgress?: (progress: DemoProgress) => void } = {},
): Promise<DemoResult> {
  const plans = planDemo(target.clock.now(), options.seed);
  const total = plans.reduce((sum, plan) => sum + countRuns(plan.runs), 0);
  let done = 0;
  const onRun = () => {
    done++;
    options.onProgress?.({ done, total });
  };
  const experimentIds: string[] = [];
  for (const plan of plans) {
    const experimentId = await createNamed(target, caller, plan);
    experimentIds.push(experimentId);
    await writeAll(plan.runs, (run) => writeRun(target, caller, experimentId, run, undefined, onRun));
  }
  return { experimentIds, runs: total };
}

async function createNamed(target: DemoTarget, caller: Caller, plan: PlannedExperiment): Promise<string> {
  const taken = new Set<string>();
  let pageToken: string | undefined;
  do {
    const page = await target.tracking.searchExperiments(caller, {
      filter: `name LIKE '${plan.name}%'`,
      viewType: "ALL",
      maxResults: 1_000,
      pageToken,
    });
    for (const { name } of page.items) taken.add(name);
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
  let name = plan.name;
  for (let copy = 2; taken.has(name); copy++) name = `${plan.name}-${copy}`;
  return target.tracking.createExperiment(caller, {
    name,
    tags: [
      ...plan.tags,
      { key: "mlflow.note.content", value: plan.description },
      { key: "runweir.demo", value: "true" },
    ],
  });
}

async function writeRun(
  target: DemoTarget,
  caller: Caller,
  experimentId: string,
  plan: PlannedRun,
  parentId: string | undefined,
  onRun: () => void,
): Promise<void> {
  const { tracking } = target;
  const parent = parentId === undefined ? [] : [{ key: "mlflow.parentRunId", value: parentId }];
  const {
    info: { runId },
  } = await tracking.createRun(caller, {
    experimentId,
    runName: plan.name,
    startTime: plan.startTime,
    tags: [...plan.tags, ...parent],
  });
  await tracking.logBatch(caller, { runId, params: plan.params });
  for (const metrics of chunk(plan.metrics)) await tracking.logBatch(caller, { runId, metrics });
  if (plan.datasets.length > 0) await tracking.logInputs(caller, { runId, datasets: plan.datasets });
  for (const file of plan.files) await target.putFile(caller, runId, file.path, file.bytes);
  for (const child of plan.children) await writeRun(target, caller, experimentId, child, runId, onRun);
  await tracking.updateRun(caller, { runId, status: plan.status, endTime: plan.endTime });
  onRun();
}

function chunk(metrics: readonly MetricInput[]): MetricInput[][] {
  const chunks: MetricInput[][] = [];
  for (let start = 0; start < metrics.length; start += batchSizeMax)
    chunks.push(metrics.slice(start, start + batchSizeMax));
  return chunks;
}

async function writeAll(
  runs: readonly PlannedRun[],
  write: (run: PlannedRun) => Promise<void>,
): Promise<void> {
  const queue = [...runs];
  const worker = async () => {
    for (let run = queue.shift(); run; run = queue.shift()) await write(run);
  };
  await Promise.all(Array.from({ length: runsAtOnce }, worker));
}
