import { batchOf, type PointRow, rowsOf } from "@runweir/ingest-domain/testing";
import { type Database, openDatabase } from "@runweir/postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  createMetricTestDatabase,
  insertRun,
  type MetricTestDatabase,
} from "../../testing/metric-test-database.ts";
import { changeChannel } from "../announce-change.ts";
import { findUnfolded } from "./catch-up.ts";
import { createDirectLog } from "./direct-log.ts";
import { foldShard } from "./fold-shard.ts";
import { createMetricContext } from "./metric-context.ts";
import { startMetricMaintenance } from "./metric-maintenance.ts";
import { createMetricReader } from "./metric-reader.ts";

let database: MetricTestDatabase;

beforeAll(async () => {
  database = await createMetricTestDatabase();
});
afterAll(() => database.drop());

const workspace = "default";

async function storedRows(runId: string, key = "loss"): Promise<PointRow[]> {
  const reader = createMetricReader({ database });
  return rowsOf(key, (await reader.history({ runId, key, offset: 0, limit: 1e7 })).points);
}

async function segmentCount(runId: string): Promise<number> {
  const [row] = await database.query<{ count: number }>(
    "SELECT count(*) FROM tracking.metric_segment JOIN tracking.run USING (run_no) WHERE run_id = $1",
    [runId],
  );
  return row?.count ?? 0;
}

/** Runs `work` while another transaction holds the shards' rows, so that no write can go on. */
async function whileBlocked(work: () => Promise<void>): Promise<void> {
  await database.transaction(async (client) => {
    await client.query("SELECT FROM tracking.metric_shard FOR UPDATE");
    await work();
  });
}

describe("concurrent writers", () => {
  it("through two processes, with folding beside them: no point is lost, doubled or out of order", async () => {
    const runIds = ["many-0", "many-1", "many-2"];
    for (const runId of runIds) await insertRun(database, runId);
    const logs = [createDirectLog({ database }), createDirectLog({ database, lanes: 1 })];
    const maintenance = startMetricMaintenance({ database, clock: Date, lingerMilliseconds: 1 });
    await Promise.all(
      Array.from({ length: 8 }, async (_, writer) => {
        for (let i = 0; i < 150; i += 1) {
          const runId = runIds[(writer + i) % 3] as string;
          const rows: PointRow[] = [
            ["loss", i, writer, i / 3],
            ["loss", i, writer, Number.NaN],
          ];
          const append = { workspace, runId, points: batchOf(rows) };
          expect(await logs[writer % 2]?.append(append)).toMatchObject({ status: "accepted", applied: true });
          // A client that lost the answer sends the same again, perhaps to the other process.
          if (i % 5 === 0) await logs[(writer + i) % 2]?.append(append);
        }
      }),
    );
    await Promise.all(logs.map((log) => log.close()));
    await maintenance.stop();
    const wanted = runIds.map(() => [] as PointRow[]);
    for (let writer = 0; writer < 8; writer += 1) {
      for (let i = 0; i < 150; i += 1) {
        wanted[(writer + i) % 3]?.push(["loss", i, writer, Number.NaN], ["loss", i, writer, i / 3]);
      }
    }
    for (const [i, runId] of runIds.entries()) {
      const inTime = wanted[i]?.sort(
        (a, b) => a[2] - b[2] || a[1] - b[1] || Number(Number.isNaN(b[3])) - 0.5,
      );
      expect(await storedRows(runId)).toEqual(inTime);
    }
  });

  it("are answered only after their commit", async () => {
    await insertRun(database, "visible");
    const log = createDirectLog({ database });
    for (let i = 0; i < 20; i += 1) {
      await log.append({ workspace, runId: "visible", points: batchOf([["loss", i, 0, i]]) });
      expect(await storedRows("visible")).toHaveLength(i + 1);
    }
    await log.close();
  });

  it("share one transaction while another one runs", async () => {
    await insertRun(database, "grouped");
    const log = createDirectLog({ database });
    const before = await transactionIds("grouped");
    let appends: Promise<unknown>[] = [];
    await whileBlocked(async () => {
      appends = Array.from({ length: 100 }, (_, i) =>
        log.append({ workspace, runId: "grouped", points: batchOf([["loss", i, 0, i]]) }),
      );
    });
    await Promise.all(appends);
    expect((await transactionIds("grouped")) - before).toBeLessThanOrEqual(2);
    expect(await storedRows("grouped")).toHaveLength(100);
    await log.close();
  });

  async function transactionIds(runId: string): Promise<number> {
    const [row] = await database.query<{ count: number }>(
      "SELECT count(DISTINCT g.xmin::text) FROM tracking.metric_segment g JOIN tracking.run r USING (run_no) WHERE r.run_id = $1",
      [runId],
    );
    return row?.count ?? 0;
  }
});

describe("a repeated request", () => {
  it("is stored once, even when it runs against itself through two processes", async () => {
    await insertRun(database, "repeated");
    const [first, second] = [createDirectLog({ database }), createDirectLog({ database })];
    const points = batchOf([["loss", 1, 2, 3.5]]);
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        (i % 2 ? first : second).append({ workspace, runId: "repeated", points }),
      ),
    );
    expect(outcomes).toMatchObject(new Array(20).fill({ status: "accepted", applied: true }));
    expect(await segmentCount("repeated")).toBe(1);
    await Promise.all([first.close(), second.close()]);
  });
});

describe("a run that is not there any more", () => {
  it("is refused inside the transaction, and the others of its group are not", async () => {
    await insertRun(database, "alive");
    await insertRun(database, "dead");
    const log = createDirectLog({ database });
    let appends: Promise<unknown>[] = [];
    await whileBlocked(async () => {
      appends = [
        ["alive", workspace],
        ["dead", workspace],
        ["never", workspace],
        ["alive", "elsewhere"],
      ].map(([runId, place]) =>
        log.append({
          workspace: place as string,
          runId: runId as string,
          points: batchOf([["loss", 1, 1, 1]]),
        }),
      );
      await database.query("UPDATE tracking.run SET lifecycle_stage = 'deleted' WHERE run_id = 'dead'");
    });
    expect(await Promise.all(appends)).toMatchObject([
      { status: "accepted" },
      { status: "run_deleted" },
      { status: "run_not_found" },
      { status: "run_not_found" },
    ]);
    expect(await segmentCount("dead")).toBe(0);
    await log.close();
  });
});

describe("a request that the database refuses", () => {
  it("does not fail the innocent ones of its group", async () => {
    await insertRun(database, "innocent");
    const log = createDirectLog({ database, lanes: 1 });
    const bad = log.append({ workspace: "nul\0", runId: "innocent", points: batchOf([["loss", 0, 0, 0]]) });
    const good = Array.from({ length: 9 }, (_, i) =>
      log.append({ workspace, runId: "innocent", points: batchOf([["loss", i, 0, i]]) }),
    );
    await expect(bad).rejects.toMatchObject({ code: "internal" });
    expect(await Promise.all(good)).toMatchObject(new Array(9).fill({ status: "accepted", applied: true }));
    expect(await storedRows("innocent")).toHaveLength(9);
    await log.close();
  });
});

describe("connections cut in the middle", () => {
  it("lose no answered point, double none, and writing goes on", async () => {
    await insertRun(database, "cut");
    const victim = openDatabase({ url: database.url, applicationName: "victim", connectionsMax: 4 });
    const log = createDirectLog({ database: victim });
    const maintenance = startMetricMaintenance({ database: victim, clock: Date, lingerMilliseconds: 1 });
    const answered: PointRow[] = [];
    let cuts = 0;
    const writers = Array.from({ length: 6 }, async (_, writer) => {
      for (let i = 0; cuts < 25; i += 1) {
        const row: PointRow = ["loss", i, writer, i + writer];
        await log.append({ workspace, runId: "cut", points: batchOf([row]) });
        answered.push(row);
      }
    });
    while (cuts < 25) {
      const seen = answered.length;
      await cutConnections(database);
      cuts += 1;
      while (cuts < 25 && answered.length < seen + 10) await new Promise((resolve) => setImmediate(resolve));
    }
    await Promise.all(writers);
    await log.close();
    await maintenance.stop();
    await victim.close();
    const byTime = answered.sort((a, b) => a[2] - b[2] || a[1] - b[1]);
    expect(await storedRows("cut")).toEqual(byTime);
  });

  async function cutConnections(admin: Database): Promise<void> {
    await admin.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'victim'",
    );
  }

  it("are answered with unavailable when the database stays away, and a later retry succeeds", async () => {
    await insertRun(database, "away");
    const nowhere = openDatabase({ url: "postgres://x:x@127.0.0.1:1/x", applicationName: "nowhere" });
    const log = createDirectLog({ database: nowhere, retryMilliseconds: 50 });
    const append = { workspace, runId: "away", points: batchOf([["loss", 1, 1, 1]]) };
    await expect(log.append(append)).rejects.toMatchObject({ code: "unavailable", retryAfterSeconds: 1 });
    await log.close();
    await nowhere.close();
    const back = createDirectLog({ database });
    expect(await back.append(append)).toMatchObject({ status: "accepted", applied: true });
    await back.close();
  });
});

describe("more than can be stored", () => {
  it("is turned away with a time to retry once the queue is full, and the queue itself is stored", async () => {
    await insertRun(database, "full");
    const log = createDirectLog({ database, queueBytes: 1_000 });
    let results: Promise<PromiseSettledResult<unknown>[]> | undefined;
    await whileBlocked(async () => {
      results = Promise.allSettled(
        Array.from({ length: 50 }, (_, i) =>
          log.append({ workspace, runId: "full", points: batchOf([["loss", i, 0, i]]) }),
        ),
      );
    });
    const settled = (await results) ?? [];
    const refused = settled.filter((result) => result.status === "rejected");
    expect(refused.length).toBeGreaterThan(10);
    for (const { reason } of refused) {
      expect(reason).toMatchObject({ code: "resource_exhausted", retryAfterSeconds: 1 });
    }
    expect(await storedRows("full")).toHaveLength(50 - refused.length);
    await log.close();
  });

  it("is turned away while folding is far behind, and let in again once it has caught up", async () => {
    await insertRun(database, "behind");
    let now = 0;
    const log = createDirectLog({ database, unfoldedBytes: 300, clock: { now: () => now } });
    const append = (step: number) =>
      log.append({ workspace, runId: "behind", points: batchOf([["loss", step, 0, step]]) });
    await expect(
      (async () => {
        for (let step = 0; step < 1_000; step += 1) await append(step);
      })(),
    ).rejects.toMatchObject({ code: "resource_exhausted", retryAfterSeconds: 1 });
    const context = createMetricContext(database, 0);
    for (const { shard } of await findUnfolded(context)) while ((await foldShard(context, { shard })).more);
    now += 1_000;
    expect(await append(5_000)).toMatchObject({ status: "accepted", applied: true });
    await log.close();
  });

  it("closing lets the queue finish and turns later requests away", async () => {
    await insertRun(database, "closing");
    const log = createDirectLog({ database });
    const appends = Array.from({ length: 30 }, (_, i) =>
      log.append({ workspace, runId: "closing", points: batchOf([["loss", i, 0, i]]) }),
    );
    await log.close();
    expect(await Promise.all(appends)).toMatchObject(
      new Array(30).fill({ status: "accepted", applied: true }),
    );
    await expect(
      log.append({ workspace, runId: "closing", points: batchOf([["loss", 99, 0, 0]]) }),
    ).rejects.toMatchObject({ code: "unavailable" });
    expect(await storedRows("closing")).toHaveLength(30);
  });
});

describe("a change", () => {
  it("is announced after its commit, once for many of a run, in the shape of the change feed", async () => {
    await insertRun(database, "announced", 77);
    const listener = await database.pool.connect();
    const heard: string[] = [];
    let wake = (): void => {};
    listener.on("notification", (message) => {
      // Those of the tests before may still be on their way.
      if (!message.payload?.includes("announced")) return;
      heard.push(message.payload);
      wake();
    });
    await listener.query(`LISTEN ${changeChannel}`);
    const log = createDirectLog({ database, lanes: 1 });
    const append = (step: number) =>
      log.append({ workspace, runId: "announced", points: batchOf([["loss", step, 0, step]]) });
    const next = async (): Promise<void> => {
      const before = heard.length;
      while (heard.length === before) await new Promise<void>((resolve) => (wake = resolve));
    };
    await Promise.all([next(), append(1), append(2)]);
    await Promise.all([next(), append(3)]);
    listener.release(true);
    expect(heard.map((payload) => JSON.parse(payload))).toEqual(
      new Array(2).fill({
        workspace,
        change: { kind: "metrics", experimentId: "77", runId: "announced" },
      }),
    );
    await log.close();
  });
});
