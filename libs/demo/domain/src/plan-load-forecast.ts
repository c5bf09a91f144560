import { commitOf } from "./plan-fraud-detection.ts";
import type { PlannedExperiment, PlannedRun } from "./planned-run.ts";
import type { RandomSource } from "./random-source.ts";
import { planCurve } from "./training-curve.ts";

/** Load forecasting with what else runs leave behind: tables, reports, code, configuration. */
export function planLoadForecast(random: RandomSource, now: number, count = 24): PlannedExperiment {
  return {
    name: "load-forecast",
    description:
      "Hourly electricity load, one day ahead. Every run leaves its forecast, its report and its configuration.",
    tags: [{ key: "team", value: "energy" }],
    runs: Array.from({ length: count }, (_, index) => planRun(random, now - (index + 1) * 7_200_000, index)),
  };
}

function planRun(random: RandomSource, start: number, index: number): PlannedRun {
  const steps = 5_000;
  const time = { start, stepMs: 80, steps };
  const horizon = random.pick([24, 48]);
  const error = 0.031 + random.next() * 0.02;
  const text = (path: string, body: string) => ({ path, bytes: new TextEncoder().encode(body) });
  return {
    name: `tft-${horizon}h-${index + 1}`,
    startTime: start,
    endTime: start + steps * time.stepMs,
    status: index === 3 ? "KILLED" : "FINISHED",
    params: [
      { key: "horizon", value: String(horizon) },
      { key: "hidden_size", value: String(random.pick([64, 128, 256])) },
      { key: "dropout", value: String(random.pick([0.1, 0.2])) },
    ],
    tags: [
      { key: "mlflow.user", value: "sofia" },
      { key: "mlflow.source.name", value: "forecast.py" },
      { key: "mlflow.source.git.commit", value: commitOf(random) },
      { key: "mlflow.note.content", value: `Forecast with a **${horizon} hour** horizon.` },
      { key: "mlflow.loggedArtifacts", value: '[{"path": "tables/errors.json", "type": "table"}]' },
    ],
    datasets: [],
    metrics: [
      ...planCurve(random, { key: "train/loss", from: 1.2, to: error * 2, rate: 0.002, noise: 0.01 }, time),
      ...planCurve(
        random,
        { key: "val/mape", from: 0.3, to: error, rate: 0.003, noise: 0.001, every: 50 },
        time,
      ),
      ...planCurve(random, { key: "lr", from: 0.001, to: 0.00001, rate: 0.001, noise: 0 }, time),
    ],
    files: [
      text("tables/errors.json", errorTable(random)),
      text("forecast.csv", forecast(random)),
      text("report.html", report(horizon, error)),
      text("config/model.yaml", `model: tft\nhorizon: ${horizon}\nquantiles: [0.1, 0.5, 0.9]\n`),
      text(
        "code/forecast.py",
        "import numpy as np\n\n\ndef mape(truth, guess):\n    return np.mean(np.abs((truth - guess) / truth))\n",
      ),
    ],
    children: [],
  };
}

function errorTable(random: RandomSource): string {
  const data = Array.from({ length: 24 }, (_, hour) => [
    hour,
    400 + 90 * Math.sin(hour / 4),
    4 + random.next() * 9,
  ]);
  return JSON.stringify({ columns: ["hour", "load_mw", "error_mw"], data });
}

function forecast(random: RandomSource): string {
  const rows = Array.from({ length: 168 }, (_, hour) => {
    const load = 420 + 110 * Math.sin((hour % 24) / 3.8) + random.normal() * 6;
    return `${hour},${load.toFixed(1)},${(load * (1 + random.normal() * 0.03)).toFixed(1)}`;
  });
  return `hour,load_mw,forecast_mw\n${rows.join("\n")}\n`;
}

function report(horizon: number, error: number): string {
  return `<!doctype html><title>Forecast report</title><h1>Forecast, ${horizon} hours ahead</h1><p>Mean absolute percentage error <b>${(error * 100).toFixed(2)} %</b>.</p>`;
}
