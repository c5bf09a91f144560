import {
  chooseMerge,
  decodeChunk,
  foldStatistics,
  joinPoints,
  pointsOfSeries,
  type SeriesPoints,
  type Summary,
  seriesName,
  shardOf,
  toPointSet,
} from "@runweir/ingest-domain";
import { type StoreState, shardAt } from "../world/store-state.ts";
import type { World } from "../world/world.ts";
import { checkDeadLetters, isRecord } from "./check-dead-letters.ts";
import { checkDelivery } from "./check-delivery.ts";
import { namesInSegment, pointName } from "./truth.ts";

/** What is still to be done, or undefined when the system has come to rest. */
export function unfinished(world: World): string | undefined {
  const { plan, log, store } = world;
  for (const partition of plan.partitions) {
    const { high, leaderEpoch } = log.partition(partition);
    const { nextOffset = 0, agreedWith } = store.state.positions.get(partition) ?? {};
    if (nextOffset !== high) return `partition ${partition} is applied up to ${nextOffset} of ${high}`;
    if (agreedWith !== leaderEpoch)
      return `partition ${partition} is not known to be what leader ${leaderEpoch} has`;
    const { segments, chunks } = shardAt(store.state, partition);
    if (segments.size > 0) return `${segments.size} segments of shard ${partition} are not folded`;
    const byRun = Map.groupBy(chunks.values(), (chunk) => chunk.runNo);
    for (const [runNo, ofRun] of byRun)
      if (chooseMerge(ofRun, plan.mergeFanout)) return `chunks of run number ${runNo} are not merged`;
  }
  return undefined;
}

/** Compares everything stored with everything that was sent, once the system has come to rest. */
export function checkEnd(world: World): void {
  const { plan, checker } = world;
  const stored = new Set<string>();
  for (const runId of plan.runs) checkRun(world, runId, stored);
  for (const runId of plan.runs) {
    const missing = checker.truth.due(runId).find((name) => !stored.has(name));
    if (missing) checker.violate("L", `${missing} was acknowledged and is not stored`);
  }
  checkRecords(world, stored);
  checkDeadLetters(world, stored);
  checkDelivery(world);
}

/** Every chunk point once, and the statistics of exactly those. */
function checkRun({ store: { state }, checker }: World, runId: string, stored: Set<string>): void {
  const runNo = state.runs.get(runId)?.runNo as number;
  const series = seriesOf(state, shardOf(runId), runNo);
  for (const [key, keyId] of state.keys) {
    const points = series.get(keyId);
    const kept = state.series.get(seriesName({ runNo, keyId }));
    if (!points) {
      if (kept) checker.violate("D", `there are statistics of ${runId} ${key}, but no points`);
      continue;
    }
    const set = toPointSet(points);
    if (set.values.length !== points.values.length)
      checker.violate("D", `two chunks of ${runId} ${key} share a point`);
    for (let i = 0; i < set.values.length; i += 1) {
      const name = pointName(runId, key, set, i);
      if (!checker.truth.sent.has(name)) checker.violate("D", `${name} is stored, but nobody sent it`);
      stored.add(name);
    }
    const exact = foldStatistics(undefined, set);
    if (!kept || describe(kept) !== describe(exact))
      checker.violate(
        "D",
        `statistics of ${runId} ${key} are ${kept && describe(kept)}, not ${describe(exact)}`,
      );
  }
}

function describe(summary: Summary): string {
  const { first, last } = summary;
  const { count, nanCount, sum, min, max, stepOfMin, stepOfMax } = summary;
  return [
    count,
    nanCount,
    sum,
    min,
    max,
    stepOfMin,
    stepOfMax,
    ...Object.values(first),
    ...Object.values(last),
  ].join();
}

function seriesOf(state: StoreState, shard: number, runNo: number): ReadonlyMap<number, SeriesPoints> {
  const parts = new Map<number, SeriesPoints[]>();
  for (const { body, runNo: of } of shardAt(state, shard).chunks.values()) {
    if (of !== runNo) continue;
    const chunk = decodeChunk(body);
    chunk.keyIds.forEach((keyId, i) => {
      parts.set(keyId, [...(parts.get(keyId) ?? []), pointsOfSeries(chunk, i)]);
    });
  }
  return new Map([...parts].map(([keyId, list]) => [keyId, joinPoints(list)]));
}

/** Every record that the log took and did not lose is stored or set aside, acknowledged or not. */
function checkRecords({ log, store, checker }: World, stored: ReadonlySet<string>): void {
  for (const { number, history } of log.partitions())
    for (const record of history) {
      if (record.lost) continue;
      const isSetAside = [...store.state.deadLetters.values()].some(
        (letter) => letter.partition === number && isRecord(letter, record),
      );
      const missing = namesInSegment(record.body).find((name) => !stored.has(name));
      if (!isSetAside && missing)
        checker.violate(
          "L",
          `record ${record.offset} of partition ${number} is neither stored nor set aside`,
        );
    }
}
