import type { LoadResult } from "../drive-load.ts";

export interface Comparison {
  readonly scenario: string;
  readonly aim: number;
  readonly rounds: readonly { readonly runweir: LoadResult; readonly mlflow: readonly LoadResult[] }[];
}

export interface Ratio {
  readonly scenario: string;
  readonly aim: number;
  readonly runweirPerSecond: number;
  readonly mlflowPerSecond: number;
  readonly runweirP50Ms: number;
  readonly mlflowP50Ms: number;
  /** Median over rounds, against the faster MLflow of each round; with the smallest and largest. */
  readonly ratio: number;
  readonly lowest: number;
  readonly highest: number;
  readonly failures: number;
}

export function summarise({ scenario, aim, rounds }: Comparison): Ratio {
  const fastest = rounds.map(({ mlflow }) =>
    mlflow.reduce((best, one) => (one.perSecond > best.perSecond ? one : best)),
  );
  const ratios = rounds.map(({ runweir }, i) => runweir.perSecond / (fastest[i]?.perSecond ?? Number.NaN));
  return {
    scenario,
    aim,
    runweirPerSecond: median(rounds.map(({ runweir }) => runweir.perSecond)),
    mlflowPerSecond: median(fastest.map(({ perSecond }) => perSecond)),
    runweirP50Ms: median(rounds.map(({ runweir }) => runweir.p50Ms)),
    mlflowP50Ms: median(fastest.map(({ p50Ms }) => p50Ms)),
    ratio: median(ratios),
    lowest: Math.min(...ratios),
    highest: Math.max(...ratios),
    failures: rounds.reduce(
      (sum, { runweir, mlflow }) =>
        sum + runweir.failures.length + mlflow.reduce((n, m) => n + m.failures.length, 0),
      0,
    ),
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}

export function formatRatios(ratios: readonly Ratio[]): string {
  const head = ["scenario", "Runweir/s", "MLflow/s", "p50 ms", "p50 ms", "ratio", "spread", "aim", ""];
  const rows = ratios.map((r) => [
    r.scenario,
    r.runweirPerSecond.toFixed(1),
    r.mlflowPerSecond.toFixed(2),
    r.runweirP50Ms.toFixed(1),
    r.mlflowP50Ms.toFixed(1),
    `${r.ratio.toFixed(1)}x`,
    `${r.lowest.toFixed(1)}-${r.highest.toFixed(1)}`,
    `${r.aim}x`,
    [r.ratio < r.aim ? "MISSED" : "", r.failures > 0 ? `${r.failures} failed calls` : ""]
      .filter(Boolean)
      .join(", "),
  ]);
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  return [head, ...rows]
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join("  "),
    )
    .join("\n");
}
