import type { PlannedExperiment, PlannedRun } from "./planned-run.ts";
import type { RandomSource } from "./random-source.ts";
import { planCurve } from "./training-curve.ts";

const models = [
  { name: "lgbm", auc: 0.9312, loss: 0.2127 },
  { name: "xgb", auc: 0.9297, loss: 0.2188 },
  { name: "catboost", auc: 0.9261, loss: 0.2231 },
  { name: "logistic", auc: 0.8711, loss: 0.3102 },
] as const;

/** Gradient boosting over many seeds: the table of hundreds of comparable runs. */
export function planFraudDetection(random: RandomSource, now: number, seeds = 60): PlannedExperiment {
  const runs: PlannedRun[] = [];
  for (let seed = 0; seed < seeds; seed++) {
    for (const model of models) runs.push(planRun(random, now, model, seed));
  }
  return {
    name: "fraud-gbm",
    description:
      "# Card fraud, gradient boosting\n\nFour model families over many seeds on the monthly transaction extract. **Goal:** `val/auc` above 0.935 with `val/loss` under 0.21.\n\n| guardrail | limit |\n|---|---|\n| latency p99 | 12 ms |\n| calibration error | 0.02 |\n",
    tags: [
      { key: "team", value: "risk" },
      { key: "task", value: "binary classification" },
    ],
    runs,
  };
}

function planRun(
  random: RandomSource,
  now: number,
  model: (typeof models)[number],
  seed: number,
): PlannedRun {
  const steps = 200;
  const stepMs = 1_500 + random.next() * 1_000;
  const learningRate = random.pick([0.1, 0.05, 0.02, 0.01]);
  const depth = random.pick([6, 8, 10, 12]);
  const lift = random.normal() * 0.003 + (learningRate === 0.02 ? 0.002 : 0) + (depth === 10 ? 0.001 : 0);
  const failed = random.next() < 0.05;
  const start = now - (seed * 4 + random.between(1, 4)) * 3_600_000;
  const time = { start, stepMs, steps: failed ? random.between(20, 120) : steps };
  const month = random.pick(["10", "11"]);
  return {
    name: `${model.name}-seed-${seed}`,
    startTime: start,
    endTime: Math.round(start + time.steps * stepMs),
    status: failed ? "FAILED" : "FINISHED",
    params: [
      { key: "model", value: model.name },
      { key: "seed", value: String(seed) },
      { key: "learning_rate", value: String(learningRate) },
      { key: "depth", value: String(depth) },
      { key: "num_leaves", value: String(random.pick([31, 63, 127])) },
      { key: "feature_fraction", value: String(random.pick([0.7, 0.8, 0.9])) },
      { key: "objective", value: "binary" },
    ],
    tags: [
      { key: "mlflow.user", value: random.pick(["mara", "jonas", "wei"]) },
      { key: "mlflow.source.name", value: "train.py" },
      { key: "mlflow.source.git.commit", value: commitOf(random) },
      ...(failed ? [{ key: "failure", value: "worker lost" }] : []),
    ],
    datasets: [
      {
        dataset: {
          name: `tx-2026-${month}`,
          digest: `v${month}a3f`,
          sourceType: "local",
          source: `{"uri":"tx-2026-${month}.parquet"}`,
        },
        tags: [{ key: "mlflow.data.context", value: "train" }],
      },
    ],
    metrics: [
      ...planCurve(
        random,
        { key: "val/auc", from: 0.8, to: model.auc + lift, rate: 0.05, noise: 0.002 },
        time,
      ),
      ...planCurve(
        random,
        { key: "val/loss", from: 0.66, to: model.loss - lift, rate: 0.05, noise: 0.004 },
        time,
      ),
      ...planCurve(
        random,
        { key: "train/loss", from: 0.69, to: model.loss - 0.05, rate: 0.06, noise: 0.006 },
        time,
      ),
      ...planCurve(random, { key: "train/grad_norm", from: 4.6, to: 1.1, rate: 0.04, noise: 0.25 }, time),
    ],
    files: [],
    children: [],
  };
}

export function commitOf(random: RandomSource): string {
  return Array.from({ length: 40 }, () => random.between(0, 15).toString(16)).join("");
}
