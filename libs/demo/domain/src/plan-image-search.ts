import { drawPicture } from "./draw-picture.ts";
import { commitOf } from "./plan-fraud-detection.ts";
import type { PlannedExperiment, PlannedRun } from "./planned-run.ts";
import type { RandomSource } from "./random-source.ts";
import { planCurve } from "./training-curve.ts";

/** Image classification found by a search: parents with children, divergence, pictures by step, system metrics. */
export function planImageSearch(random: RandomSource, now: number, searches = 4): PlannedExperiment {
  const runs = Array.from({ length: searches }, (_, search) => {
    const start = now - (search + 1) * 20 * 3_600_000;
    const children = Array.from({ length: 8 }, (_, trial) =>
      planTrial(random, start + trial * 1_800_000, search, trial),
    );
    const last = children.at(-1);
    return {
      name: `search-${search + 1}`,
      startTime: start,
      endTime: last?.endTime ?? start,
      status: "FINISHED",
      params: [
        { key: "trials", value: String(children.length) },
        { key: "sampler", value: "tpe" },
      ],
      tags: [
        { key: "mlflow.user", value: "ines" },
        { key: "mlflow.source.name", value: "search.py" },
      ],
      datasets: [],
      metrics: [],
      files: [],
      children,
    } satisfies PlannedRun;
  });
  return {
    name: "leaf-resnet",
    description:
      "Leaf disease from photographs. Each search is a parent run, each trial a child; two trials diverge on purpose.",
    tags: [{ key: "team", value: "vision" }],
    runs,
  };
}

function planTrial(random: RandomSource, start: number, search: number, trial: number): PlannedRun {
  const steps = 300;
  const time = { start, stepMs: 4_000, steps };
  const learningRate = 10 ** (-1.5 - random.next() * 3);
  const divergesAt = learningRate > 0.012 ? random.between(60, 160) : undefined;
  const goal = 0.25 + Math.abs(Math.log10(learningRate) + 3) * 0.12;
  const diverge = divergesAt === undefined ? {} : { divergesAt };
  return {
    name: `trial-${search + 1}-${trial + 1}`,
    startTime: start,
    endTime: start + steps * time.stepMs,
    status: divergesAt === undefined ? "FINISHED" : "FAILED",
    params: [
      { key: "lr", value: learningRate.toPrecision(3) },
      { key: "batch_size", value: String(random.pick([64, 128, 256])) },
      { key: "backbone", value: random.pick(["resnet18", "resnet50"]) },
    ],
    tags: [
      { key: "mlflow.user", value: "ines" },
      { key: "mlflow.source.name", value: "search.py" },
      { key: "mlflow.source.git.commit", value: commitOf(random) },
      { key: "mlflow.loggedImages", value: "true" },
    ],
    datasets: [],
    metrics: [
      ...planCurve(
        random,
        { key: "train/loss", from: 2.3, to: goal, rate: 0.02, noise: 0.05, ...diverge },
        time,
      ),
      ...planCurve(
        random,
        { key: "val/loss", from: 2.3, to: goal + 0.08, rate: 0.02, noise: 0.02, every: 5, ...diverge },
        time,
      ),
      ...planCurve(
        random,
        { key: "val/accuracy", from: 0.1, to: 1 - goal * 0.4, rate: 0.02, noise: 0.008, every: 5 },
        time,
      ),
      ...planCurve(
        random,
        { key: "system/cpu_utilization_percentage", from: 40, to: 71, rate: 0.2, noise: 4, every: 3 },
        time,
      ),
      ...planCurve(
        random,
        { key: "system/gpu_0_utilization_percentage", from: 10, to: 93, rate: 0.2, noise: 3, every: 3 },
        time,
      ),
      ...planCurve(
        random,
        {
          key: "system/system_memory_usage_megabytes",
          from: 9_000,
          to: 14_500,
          rate: 0.02,
          noise: 60,
          every: 3,
        },
        time,
      ),
    ],
    files: trial < 2 ? planPictures(random, start) : [],
    children: [],
  };
}

/** What the network attends to, sharper with every step; named as MLflow names logged images. */
function planPictures(random: RandomSource, start: number): PlannedRun["files"] {
  const centre = { x: 0.3 + random.next() * 0.4, y: 0.3 + random.next() * 0.4 };
  return [0, 60, 120, 180, 240].map((step, index) => {
    const radius = 0.45 - index * 0.07;
    const bytes = drawPicture(96, (x, y) => {
      const near = Math.exp(-((x - centre.x) ** 2 + (y - centre.y) ** 2) / (radius * radius));
      const vein = 24 * Math.cos(18 * (x - y)) ** 8;
      return [60 + 180 * near, 110 + 60 * near + vein, 60 + 30 * (1 - near)];
    });
    const id = Array.from({ length: 32 }, () => random.between(0, 15).toString(16)).join("");
    return { path: `images/attention%step%${step}%timestamp%${start + step * 4_000}%${id}.png`, bytes };
  });
}
