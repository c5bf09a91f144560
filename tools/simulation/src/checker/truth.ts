import { decodeSegment, type PointBatch, pointsOfSeries, type SeriesPoints } from "@runweir/ingest-domain";

/** A point that somebody has sent. */
interface SentPoint {
  /** Somebody was told that it is safe. */
  acked: boolean;
  /** The log lost it before it was applied, which nobody behind the log can help: at its end, or since it dropped it for its age. */
  lost: "reset" | "dropped" | undefined;
  /** Somebody was told that the store has it: no log can lose it at its end any more. */
  applied: boolean;
}

export interface AcknowledgedRequest {
  readonly runId: string;
  readonly client: string;
  readonly sequence: number;
  readonly names: readonly string[];
}

/** Run, metric, step, timestamp and value: what makes a point one point. */
export function pointName(runId: string, key: string, points: SeriesPoints, i: number): string {
  return `${runId} ${key} ${points.steps[i]}@${points.timestamps[i]}=${points.values[i]}`;
}

export function namesOf(runId: string, batch: PointBatch): readonly string[] {
  return Array.from(batch.values, (_, i) =>
    pointName(runId, batch.keys[batch.keyIndexes[i] as number] as string, batch, i),
  );
}

/** The points of a segment, or none if it is none. */
export function namesInSegment(body: Uint8Array): readonly string[] {
  try {
    const segment = decodeSegment(body);
    return segment.keys.flatMap((key, series) => {
      const points = pointsOfSeries(segment, series);
      return Array.from(points.values, (_, i) => pointName(segment.runId, key, points, i));
    });
  } catch {
    return [];
  }
}

/** What was sent and acknowledged, as an observer of all clients knows it. */
export function createTruth() {
  const sent = new Map<string, SentPoint>();
  const acknowledged: AcknowledgedRequest[] = [];
  const deletedRuns = new Set<string>();

  return {
    sent,
    acknowledged,
    deletedRuns,
    send(names: readonly string[]): void {
      for (const name of names)
        if (!sent.has(name)) sent.set(name, { acked: false, lost: undefined, applied: false });
    },
    acknowledge(request: AcknowledgedRequest, applied: boolean): void {
      acknowledged.push(request);
      for (const name of request.names) {
        const point = sent.get(name) as SentPoint;
        point.acked = true;
        if (!applied) continue;
        point.applied = true;
        if (point.lost === "reset") point.lost = undefined;
      }
    },
    lose(body: Uint8Array, how: "reset" | "dropped"): void {
      for (const name of namesInSegment(body)) {
        const point = sent.get(name);
        if (point && (how === "dropped" || !point.applied)) point.lost = how;
      }
    },
    /** The acknowledged points of a run that have to be there, whatever happened. */
    due(runId: string): readonly string[] {
      const prefix = `${runId} `;
      return [...sent]
        .filter(([name, point]) => point.acked && !point.lost && name.startsWith(prefix))
        .map(([name]) => name);
    },
  };
}

export type Truth = ReturnType<typeof createTruth>;
