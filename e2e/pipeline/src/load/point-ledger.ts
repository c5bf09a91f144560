import type { LogPosition } from "@runweir/ingest-domain";

/** A point as its writer knows it. Values are whole numbers that no other point has. */
export interface SentPoint {
  readonly runId: string;
  readonly key: string;
  readonly step: number;
  readonly timestamp: number;
  readonly value: number;
  /** `pending`: nothing, or nothing certain, is known of it; it may be there or not. */
  state: "pending" | "acknowledged";
  /** Where the log was said to have it, if that was all that was said. */
  logged?: LogPosition | undefined;
}

/** What a sender was told, and since when it had been asking. */
export interface Acknowledged {
  readonly points: readonly SentPoint[];
  /** Milliseconds of `performance.now()`. */
  readonly askedAt: number;
  /** Whether Postgres was said to have them, too. */
  readonly applied: boolean;
  readonly position?: LogPosition | undefined;
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
  acknowledge(told: Acknowledged): void;
  /** The log may have lost whatever it has acknowledged by itself until now, bar what `isKept` is sure of. Says how many points that is. */
  loseLogged(isKept: (position: LogPosition) => boolean): number;
  count(state: SentPoint["state"]): number;
}

/** Doors that do not say where. */
const unknownPlace: LogPosition = { partition: -1, offset: Number.POSITIVE_INFINITY };

export function createPointLedger(): PointLedger {
  const runs = new Map<string, LedgerRun>();
  let lastValue = 0;
  let lostAt = Number.NEGATIVE_INFINITY;
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
    acknowledge({ points, askedAt, applied, position }) {
      // Asked before the log lost something, so it may be of what was lost.
      if (!applied && askedAt < lostAt) return;
      for (const point of points) {
        const { acknowledgedSteps } = runOf(point.runId);
        point.state = "acknowledged";
        point.logged = applied ? undefined : (position ?? unknownPlace);
        acknowledgedSteps.set(point.key, Math.max(point.step, acknowledgedSteps.get(point.key) ?? -1));
      }
    },
    loseLogged(isKept) {
      lostAt = performance.now();
      let lost = 0;
      for (const { points, acknowledgedSteps } of runs.values()) {
        acknowledgedSteps.clear();
        for (const point of points.values()) {
          if (point.state === "pending") continue;
          if (point.logged && !isKept(point.logged)) {
            point.state = "pending";
            lost += 1;
          } else
            acknowledgedSteps.set(point.key, Math.max(point.step, acknowledgedSteps.get(point.key) ?? -1));
        }
      }
      return lost;
    },
    count: (state) =>
      [...runs.values()].reduce(
        (sum, run) => sum + [...run.points.values()].filter((point) => point.state === state).length,
        0,
      ),
  };
}
