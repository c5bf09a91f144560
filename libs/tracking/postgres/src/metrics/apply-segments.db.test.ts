import { encodeSegment, type IncomingSegment, type SourceStretch, shardOf } from "@runweir/ingest-domain";
import { batchOf, type PointRow } from "@runweir/ingest-domain/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  createMetricTestDatabase,
  insertRun,
  type MetricTestDatabase,
} from "../../testing/metric-test-database.ts";
import { applySegments } from "./apply-segments.ts";
import { createMetricReader } from "./metric-reader.ts";

let database: MetricTestDatabase;

beforeAll(async () => {
  database = await createMetricTestDatabase();
  for (let run = 0; run < 40; run += 1) await insertRun(database, `run-${run}`);
  for (let run = 1; run <= 5; run += 1) await insertRun(database, `placed-${run}`);
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.query("DELETE FROM tracking.ingest_position");
  await database.query("INSERT INTO tracking.ingest_position VALUES ('topic', 3, 7, 100)");
});

const position: SourceStretch = { source: "topic", partition: 3, epoch: 7, offset: 100, nextOffset: 102 };

function segmentOf(runId: string, step: number, digest: number): IncomingSegment {
  const rows: PointRow[] = [["loss", step, 0, step]];
  return {
    workspace: "default",
    runId,
    shard: shardOf(runId),
    digest: digest.toString(16).padStart(32, "0"),
    points: 1,
    body: encodeSegment(runId, batchOf(rows)),
  };
}

async function countOf(runId: string): Promise<number> {
  const statistics = await createMetricReader({ database }).statistics([runId]);
  return statistics.get(runId)?.[0]?.count ?? 0;
}

describe("the position of a source", () => {
  it("moves together with the data, so a replay is fenced and stores nothing", async () => {
    const segments = [segmentOf("placed-1", 1, 1), segmentOf("placed-2", 1, 2)];
    expect(await applySegments(database.pool, segments, position)).toMatchObject({
      status: "applied",
      outcomes: [{ status: "applied" }, { status: "applied" }],
    });
    expect(await applySegments(database.pool, [segmentOf("placed-1", 2, 3)], position)).toEqual({
      status: "fenced",
    });
    expect(await countOf("placed-1")).toBe(1);
  });

  it("fences an owner of an earlier epoch", async () => {
    expect(
      await applySegments(database.pool, [segmentOf("placed-3", 1, 4)], { ...position, epoch: 6 }),
    ).toEqual({
      status: "fenced",
    });
    expect(await countOf("placed-3")).toBe(0);
  });

  it("does not move when the surrounding transaction fails", async () => {
    await expect(
      database.transaction(async (client) => {
        await applySegments(client, [segmentOf("placed-4", 1, 5)], position);
        throw new Error("killed before the commit");
      }),
    ).rejects.toThrow("killed");
    expect(await countOf("placed-4")).toBe(0);
    expect((await applySegments(database.pool, [segmentOf("placed-4", 1, 5)], position)).status).toBe(
      "applied",
    );
    expect(await countOf("placed-4")).toBe(1);
  });

  it("lets exactly one of two owners go on when both try at once", async () => {
    const results = await Promise.all([
      applySegments(database.pool, [segmentOf("placed-5", 1, 6)], position),
      applySegments(database.pool, [segmentOf("placed-5", 2, 7)], position),
    ]);
    expect(results.map((result) => result.status).sort()).toEqual(["applied", "fenced"]);
    expect(await countOf("placed-5")).toBe(1);
  });

  it("moves with an empty batch", async () => {
    expect(await applySegments(database.pool, [], position)).toMatchObject({
      status: "applied",
      outcomes: [],
    });
    expect(await applySegments(database.pool, [], position)).toEqual({ status: "fenced" });
  });
});

describe("segments of many shards", () => {
  it("applied by two writers in opposite orders never wait for each other crosswise", async () => {
    const runs = Array.from({ length: 40 }, (_, run) => `run-${run}`);
    await Promise.all(
      Array.from({ length: 20 }, async (_, round) => {
        const order = round % 2 ? runs : [...runs].reverse();
        const segments = order.map((runId, i) => segmentOf(runId, 1_000 + round, 100_000 + round * 100 + i));
        const applied = await applySegments(database.pool, segments);
        expect(applied).toMatchObject({ outcomes: new Array(40).fill({ status: "applied" }) });
      }),
    );
  });

  it("become visible in the order of their numbers, so no reader ever sees a gap", async () => {
    let writing = true;
    const writers = Array.from({ length: 8 }, async (_, writer) => {
      for (let i = 0; i < 60; i += 1) {
        const digest = 1_000_000 + writer * 1_000 + i;
        await applySegments(database.pool, [segmentOf(`run-${(writer + i) % 40}`, 5_000 + i, digest)]);
      }
    });
    const reader = (async () => {
      let seen = 0;
      for (; writing; seen += 1) {
        const rows = await database.query<{ shard: number; present: number; last: number }>(
          "SELECT shard, count(*) AS present, max(seq) AS last FROM tracking.metric_segment GROUP BY shard",
        );
        expect(rows.filter((row) => row.present !== row.last)).toEqual([]);
      }
      return seen;
    })();
    await Promise.all(writers);
    writing = false;
    expect(await reader).toBeGreaterThan(0);
  });
});
