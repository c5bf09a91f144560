import { digestOf, encodeSegment, type IncomingSegment, shardOf } from "@runweir/ingest-domain";
import { batchOf, type PointRow, rowsOf } from "@runweir/ingest-domain/testing";
import type { Database } from "@runweir/postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  createMetricTestDatabase,
  insertRun,
  type MetricTestDatabase,
} from "../../testing/metric-test-database.ts";
import { applySegments } from "./apply-segments.ts";
import { catchUp } from "./catch-up.ts";
import { compactRun } from "./compact-run.ts";
import { createDirectLog } from "./direct-log.ts";
import { foldShard } from "./fold-shard.ts";
import { createMetricContext, type MetricContext } from "./metric-context.ts";
import { createMetricReader } from "./metric-reader.ts";

let database: MetricTestDatabase;

beforeAll(async () => {
  database = await createMetricTestDatabase();
});
afterAll(() => database.drop());

/** The same database, whose transactions die before their `dieAt`-th statement. */
function dyingDatabase(dieAt: number): Database {
  return {
    ...database,
    transaction: (work, isolation) =>
      database.transaction((client) => {
        let statements = 0;
        const dying = new Proxy(client, {
          get(target, property) {
            if (property !== "query") return Reflect.get(target, property, target);
            return (...statement: unknown[]) => {
              statements += 1;
              if (statements === dieAt) throw new Error("killed");
              return Reflect.apply(target.query, target, statement);
            };
          },
        });
        return work(dying);
      }, isolation),
  };
}

function contextOn(db: Database): MetricContext {
  return { ...createMetricContext(db, 100_000), chunkPoints: 16, mergeFanout: 3 };
}

async function append(runId: string, rows: readonly PointRow[]): Promise<void> {
  const log = createDirectLog({ database });
  await log.append({ workspace: "default", runId, points: batchOf(rows) });
  await log.close();
}

async function stateOf(runId: string) {
  const reader = createMetricReader({ database });
  const history = await reader.history({ runId, key: "loss", offset: 0, limit: 1e6 });
  return {
    rows: rowsOf("loss", history.points),
    total: history.total,
    statistics: (await reader.statistics([runId])).get(runId),
  };
}

/** Tries again with the death one statement later until the work gets through, checking after each death. */
async function surviveEveryDeath(
  work: (context: MetricContext) => Promise<unknown>,
  check: () => Promise<void>,
): Promise<number> {
  for (let dieAt = 1; ; dieAt += 1) {
    try {
      await work(contextOn(dyingDatabase(dieAt)));
      return dieAt - 1;
    } catch (error) {
      expect((error as Error).message).toBe("killed");
      await check();
    }
  }
}

describe("killed at any statement", () => {
  it("folding changes no answer, and what is repeated is done once", async () => {
    await insertRun(database, "fold-death");
    const shard = shardOf("fold-death");
    await append(
      "fold-death",
      Array.from({ length: 40 }, (_, i) => ["loss", i, i, i / 4]),
    );
    await foldShard(contextOn(database), { shard });
    // Late and repeated points, so that stored points are read as well, and a new name.
    await append("fold-death", [
      ["loss", 3, 3, 0.75],
      ["loss", 3, 4, Number.NaN],
      ["loss", 99, 99, -1],
      ["acc", 1, 1, 1],
    ]);
    const before = await stateOf("fold-death");
    expect(before.total).toBe(42);
    const deaths = await surviveEveryDeath(
      (context) => foldShard(context, { shard }),
      async () => expect(await stateOf("fold-death")).toEqual(before),
    );
    expect(deaths).toBeGreaterThan(8);
    expect(await stateOf("fold-death")).toEqual(before);
    expect((await foldShard(contextOn(database), { shard })).segments).toBe(0);
  });

  it("merging changes no answer and leaves no chunk behind", async () => {
    await insertRun(database, "merge-death");
    const shard = shardOf("merge-death");
    const context = contextOn(database);
    for (let i = 0; i < 6; i += 1) {
      await append("merge-death", [
        ["loss", i, i, i],
        ["loss", 100 - i, i, i],
        ["acc", i, i, i],
      ]);
      await foldShard(context, { shard });
    }
    const [run] = await database.query<{ run_no: number }>(
      "SELECT run_no FROM tracking.run WHERE run_id = 'merge-death'",
    );
    const runNo = run?.run_no as number;
    const before = await stateOf("merge-death");
    const deaths = await surviveEveryDeath(
      (dying) => compactRun(dying, { shard, runNo }),
      async () => expect(await stateOf("merge-death")).toEqual(before),
    );
    expect(deaths).toBeGreaterThan(4);
    while (await compactRun(context, { shard, runNo }));
    expect(await stateOf("merge-death")).toEqual(before);
    const [chunks] = await database.query<{ points: number; count: number }>(
      "SELECT sum(points)::bigint AS points, count(*) AS count FROM tracking.metric_chunk WHERE run_no = $1",
      [runNo],
    );
    expect(chunks?.points).toBe(18);
    expect(chunks?.count).toBeLessThanOrEqual(2);
  });
});

describe("a segment that was damaged on disk", () => {
  it("is set aside with the reason, and the others are folded", async () => {
    await insertRun(database, "damaged");
    const shard = shardOf("damaged");
    await append("damaged", [["loss", 1, 1, 1]]);
    await append("damaged", [["loss", 2, 2, 2]]);
    await database.query(
      `UPDATE tracking.metric_segment SET body = set_byte(body, 20, 255 - get_byte(body, 20))
       WHERE seq = (SELECT min(seq) FROM tracking.metric_segment JOIN tracking.run USING (run_no) WHERE run_id = 'damaged')
         AND shard = $1`,
      [shard],
    );
    expect((await stateOf("damaged")).rows).toEqual([["loss", 2, 2, 2]]);
    await foldShard(contextOn(database), { shard });
    expect((await stateOf("damaged")).rows).toEqual([["loss", 2, 2, 2]]);
    const rows = await database.query(
      "SELECT reason FROM tracking.metric_quarantine JOIN tracking.run USING (run_no) WHERE run_id = 'damaged'",
    );
    expect(rows).toEqual([{ reason: "The metric data is damaged: its checksum does not match." }]);
  });

  it("sets nothing else aside when several find the same segment at once", async () => {
    await insertRun(database, "contended");
    const shard = shardOf("contended");
    const name = Array.from({ length: 60_000 }, () => Math.random().toString(36)[2] ?? "a").join("");
    await append("contended", [[name, 1, 1, 1]]);
    for (let step = 0; step < 9; step += 1) await append("contended", [["loss", step, 1, step]]);
    const folders = Array.from({ length: 6 }, () => createMetricContext(database, 1_000));
    await Promise.all(
      folders.map(async (context) => {
        while ((await foldShard(context, { shard })).more);
      }),
    );
    const [row] = await database.query<{ set_aside: number }>(
      `SELECT count(*) AS set_aside FROM tracking.metric_quarantine q JOIN tracking.run r USING (run_no)
       WHERE r.run_id = 'contended'`,
    );
    expect(row?.set_aside).toBe(1);
    expect((await stateOf("contended")).rows).toHaveLength(9);
  });

  it("sets aside what Postgres refuses to hold, and keeps everything beside it", async () => {
    await insertRun(database, "refused");
    const shard = shardOf("refused");
    // A name that no index takes, however well it is compressed.
    const name = Array.from({ length: 40_000 }, (_, i) => ((i * 7_919) % 10_007).toString(36)).join("");
    for (let step = 0; step < 5; step += 1) await append("refused", [["loss", step, 1, step]]);
    await append("refused", [[name, 1, 1, 1]]);
    for (let step = 5; step < 9; step += 1) await append("refused", [["loss", step, 1, step]]);
    while ((await foldShard(contextOn(database), { shard })).more);
    expect((await stateOf("refused")).rows).toEqual(
      Array.from({ length: 9 }, (_, step) => ["loss", step, 1, step]),
    );
    const [row] = await database.query<{ set_aside: number; left: number }>(
      `SELECT (SELECT count(*) FROM tracking.metric_quarantine q WHERE q.run_no = r.run_no AND q.reason ~ 'index') AS set_aside,
         (SELECT count(*) FROM tracking.metric_segment s WHERE s.run_no = r.run_no) AS left
       FROM tracking.run r WHERE r.run_id = 'refused'`,
    );
    expect(row).toEqual({ set_aside: 1, left: 0 });
  });
});

describe("late points", () => {
  async function lateOf(runId: string): Promise<number | undefined> {
    const [row] = await database.query<{ late_points: number }>(
      "SELECT late_points FROM tracking.run_delivery JOIN tracking.run USING (run_no) WHERE run_id = $1",
      [runId],
    );
    return row?.late_points;
  }

  it("are counted once per run, by the last step of their own series", async () => {
    await insertRun(database, "late");
    const shard = shardOf("late");
    await append("late", [
      ["loss", 1, 1, 1],
      ["loss", 10, 2, 1],
      ["acc", 3, 1, 1],
      // Behind another point of the same fold, which no reader has seen yet.
      ["loss", 5, 3, 1],
    ]);
    await foldShard(contextOn(database), { shard });
    expect(await lateOf("late")).toBe(0);
    await append("late", [
      ["loss", 9, 4, 1],
      ["loss", 2, 5, 1],
      ["loss", 10, 6, 1],
      ["loss", 11, 7, 1],
      ["acc", 4, 8, 1],
      // There already.
      ["loss", 1, 1, 1],
    ]);
    const deaths = await surviveEveryDeath(
      (context) => foldShard(context, { shard }),
      async () => expect(await lateOf("late")).toBe(0),
    );
    expect(deaths).toBeGreaterThan(8);
    expect(await lateOf("late")).toBe(2);
    await append("late", [["acc", 0, 9, 1]]);
    await foldShard(contextOn(database), { shard });
    expect(await lateOf("late")).toBe(3);
  });

  it("of many runs never make folding and writing wait for each other crosswise", async () => {
    const shard = shardOf("crosswise");
    const runs = Array.from({ length: 1_000 }, (_, i) => `crosswise-${i}`).filter(
      (id) => shardOf(id) === shard,
    );
    for (const runId of runs) await insertRun(database, runId);
    const context = contextOn(database);
    let writing = true;
    const folder = (async () => {
      while (writing) await foldShard(context, { shard });
    })();
    const steps = 150;
    for (let step = steps; step > 0; step -= 1) {
      const order = step % 2 ? runs : runs.toReversed();
      const segments = order.map((runId, i): IncomingSegment => {
        const body = encodeSegment(runId, batchOf([["loss", step, 0, i]]));
        return { workspace: "default", runId, shard, digest: digestOf(body), points: 1, body };
      });
      await applySegments(database.pool, segments);
    }
    writing = false;
    await folder;
    while ((await foldShard(context, { shard })).more);
    const late = await Promise.all(runs.map(lateOf));
    expect(Math.min(...late.map(Number))).toBeGreaterThan(0);
    expect(Math.max(...late.map(Number))).toBeLessThan(steps);
  });
});

describe("catching up", () => {
  it("folds the experiments asked for and leaves the others to the background", async () => {
    await insertRun(database, "mine", 501);
    await insertRun(database, "others", 502);
    await append("mine", [["loss", 1, 1, 1]]);
    await append("others", [["loss", 1, 1, 1]]);
    await createMetricReader({ database }).catchUp(["501"]);
    const folded = await database.query<{ run_id: string }>(
      `SELECT run_id FROM tracking.metric_series JOIN tracking.run USING (run_no)
       WHERE run_id IN ('mine', 'others')`,
    );
    expect(folded).toEqual([{ run_id: "mine" }]);
    await foldShard(contextOn(database), { shard: shardOf("mine") });
    await foldShard(contextOn(database), { shard: shardOf("others") });
    expect((await stateOf("mine")).total).toBe(1);
    expect((await stateOf("others")).total).toBe(1);
  });

  it("of more than its time allows asks to come again, and has less to do then", async () => {
    await insertRun(database, "behind", 503);
    for (let step = 0; step < 4; step += 1) await append("behind", [["loss", step, 1, step]]);
    const slow = { ...contextOn(database), foldBytes: 1 };
    const left = async () => {
      const [row] = await database.query<{ count: number }>(
        "SELECT count(*) FROM tracking.metric_segment JOIN tracking.run USING (run_no) WHERE run_id = 'behind'",
      );
      return row?.count;
    };
    for (let segments = 3; segments >= 0; segments -= 1) {
      await expect(catchUp(slow, ["503"], 0)).rejects.toMatchObject({
        code: "unavailable",
        reason: "behind",
      });
      expect(await left()).toBe(segments);
    }
    await catchUp(slow, ["503"], 0);
    expect((await stateOf("behind")).total).toBe(4);
  });

  it("of many searches at once needs no more connections than it has", async () => {
    for (let run = 0; run < 30; run += 1) {
      await insertRun(database, `search-${run}`, 600);
      await append(`search-${run}`, [[`key-${run}`, 1, 1, 1]]);
    }
    const reader = createMetricReader({ database });
    await Promise.all(Array.from({ length: 40 }, () => reader.catchUp(["600"])));
    const [row] = await database.query<{ count: number }>(
      "SELECT count(*) FROM tracking.metric_series JOIN tracking.run USING (run_no) WHERE experiment_id = 600",
    );
    expect(row?.count).toBe(30);
  });
});
