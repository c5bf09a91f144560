/** A point as its writer knows it. Values are whole numbers that no other point has. */
export interface SentPoint {
  readonly runId: string;
  readonly key: string;
  readonly step: number;
  readonly timestamp: number;
  readonly value: number;
  /** `pending`: nothing, or nothing certain, is known of it; it may be there or not. */
  state: "pending" | "acknowledged";
}

export interface LedgerRun {
  readonly runId: string;
  readonly points: Map<number, SentPoint>;
  /** The highest acknowledged step of each metric. */
  readonly acknowledgedSteps: Map<string, number>;
}

/** What was sent and what was acknowledged: the truth that the database is compared with. */
export interface PointLedger {
  readonly runs: ReadonlyMap<string, LedgerRun>;
  addRun(runId: string): void;
  /** Makes a point with a value of its own. */
  point(runId: string, key: string, step: number, timestamp: number): SentPoint;
  acknowledge(points: readonly SentPoint[]): void;
  count(state: SentPoint["state"]): number;
}

export function createPointLedger(): PointLedger {
  const runs = new Map<string, LedgerRun>();
  let lastValue = 0;
  const runOf = (runId: string): LedgerRun => {
    const run = runs.get(runId);
    if (!run) throw new Error(`run ${runId} is not in the ledger`);
    return run;
  };
  return {
    runs,
    addRun(runId) {
      runs.set(runId, { runId, points: new Map(), acknowledgedSteps: new Map() });
    },
    point(runId, key, step, timestamp) {
      lastValue += 1;
      const point: SentPoint = { runId, key, step, timestamp, value: lastValue, state: "pending" };
      runOf(runId).points.set(lastValue, point);
      return point;
    },
    acknowledge(points) {
      for (const point of points) {
        const { acknowledgedSteps } = runOf(point.runId);
        point.state = "acknowledged";
        acknowledgedSteps.set(point.key, Math.max(point.step, acknowledgedSteps.get(point.key) ?? -1));
      }
    },
    count: (state) =>
      [...runs.values()].reduce(
        (sum, run) => sum + [...run.points.values()].filter((point) => point.state === state).length,
        0,
      ),
  };
}
