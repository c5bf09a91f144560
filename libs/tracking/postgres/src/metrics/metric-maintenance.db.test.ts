import { batchOf } from "@runweir/ingest-domain/testing";
import { openDatabase } from "@runweir/postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  createMetricTestDatabase,
  insertRun,
  type MetricTestDatabase,
} from "../../testing/metric-test-database.ts";
import { createDirectLog } from "./direct-log.ts";
import { startMetricMaintenance } from "./metric-maintenance.ts";
import { createMetricReader } from "./metric-reader.ts";
import { resetMetrics } from "./reset-metrics.ts";
import { rotateRequests } from "./rotate-requests.ts";

let database: MetricTestDatabase;

beforeAll(async () => {
  database = await createMetricTestDatabase();
});
afterAll(() => database.drop());

async function writeSteps(runId: string, from: number, to: number): Promise<void> {
  const log = createDirectLog({ database });
  for (let step = from; step < to; step += 1) {
    await log.append({ workspace: "default", runId, points: batchOf([["loss", step, step, step]]) });
  }
  await log.close();
}

/** Asks until it is so; the suite's time limit is the only clock. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setImmediate(resolve));
}

async function foldedCount(runId: string): Promise<number> {
  const [row] = await database.query<{ count: number }>(
    "SELECT s.count FROM tracking.metric_series s JOIN tracking.run USING (run_no) WHERE run_id = $1",
    [runId],
  );
  return row?.count ?? 0;
}

async function segmentsLeft(runId: string): Promise<number> {
  const [row] = await database.query<{ count: number }>(
    "SELECT count(*) FROM tracking.metric_segment JOIN tracking.run USING (run_no) WHERE run_id = $1",
    [runId],
  );
  return row?.count ?? 0;
}

const rarely = 3_600_000;

describe("maintenance", () => {
  it("is woken by a write, without waiting for its sweep", async () => {
    await insertRun(database, "woken");
    const maintenance = startMetricMaintenance({
      database,
      clock: Date,
      lingerMilliseconds: 1,
      sweepMilliseconds: rarely,
    });
    await writeSteps("woken", 0, 1);
    await until(async () => (await foldedCount("woken")) === 1);
    await writeSteps("woken", 1, 3);
    await until(async () => (await foldedCount("woken")) === 3);
    await maintenance.stop();
  });

  it("started after a crash, folds what was left", async () => {
    await insertRun(database, "left");
    await writeSteps("left", 0, 5);
    const maintenance = startMetricMaintenance({ database, clock: Date, sweepMilliseconds: rarely });
    await until(async () => (await foldedCount("left")) === 5);
    await maintenance.stop();
    expect(await segmentsLeft("left")).toBe(0);
  });

  it("reports a broken connection, listens anew and misses nothing", async () => {
    await insertRun(database, "broken");
    const own = openDatabase({ url: database.url, applicationName: "maintained" });
    const errors: string[] = [];
    const maintenance = startMetricMaintenance({
      database: own,
      clock: Date,
      lingerMilliseconds: 1,
      sweepMilliseconds: rarely,
      onError: (message) => errors.push(message),
    });
    await writeSteps("broken", 0, 1);
    await until(async () => (await foldedCount("broken")) === 1);
    await database.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'maintained'",
    );
    await writeSteps("broken", 1, 2);
    await until(async () => (await foldedCount("broken")) === 2);
    await maintenance.stop();
    await own.close();
    expect(errors.length).toBeGreaterThan(0);
  });

  it("in several processes at once folds every point once", async () => {
    await insertRun(database, "several");
    const all = Array.from({ length: 3 }, () =>
      startMetricMaintenance({ database, clock: Date, lingerMilliseconds: 1, sweepMilliseconds: rarely }),
    );
    await writeSteps("several", 0, 200);
    await until(async () => (await foldedCount("several")) === 200);
    await Promise.all(all.map((one) => one.stop()));
    const statistics = await createMetricReader({ database }).statistics(["several"]);
    expect(statistics.get("several")?.[0]).toMatchObject({ count: 200, sum: 19_900, min: 0, max: 199 });
  });

  it("gives every connection back when it stops", async () => {
    const own = openDatabase({ url: database.url, applicationName: "stopping" });
    const maintenance = startMetricMaintenance({ database: own, clock: Date, sweepMilliseconds: rarely });
    await maintenance.stop();
    expect(own.pool.totalCount - own.pool.idleCount).toBe(0);
    await own.close();
  });
});

describe("the memory of requests", () => {
  it("forgets the older half only, and a request it still knows is not stored again", async () => {
    await insertRun(database, "remembered");
    const digests = async () =>
      (await database.query<{ count: number }>("SELECT count(*) FROM tracking.metric_request"))[0]?.count;
    await rotateRequests(database, 0);
    await rotateRequests(database, 0);
    expect(await digests()).toBe(0);
    await writeSteps("remembered", 0, 3);
    await rotateRequests(database, 3_600);
    await rotateRequests(database, 0);
    expect(await digests()).toBe(3);
    await writeSteps("remembered", 0, 3);
    expect(await digests()).toBe(3);
    await rotateRequests(database, 0);
    expect(await digests()).toBe(0);
    // Forgotten requests are stored again, and still are the same points.
    await writeSteps("remembered", 0, 3);
    expect(
      (await createMetricReader({ database }).statistics(["remembered"])).get("remembered"),
    ).toMatchObject([{ count: 3 }]);
  });
});

describe("a reset", () => {
  it("forgets all points, and running processes go on correctly", async () => {
    await insertRun(database, "reset");
    const reader = createMetricReader({ database });
    const maintenance = startMetricMaintenance({ database, clock: Date, lingerMilliseconds: 1 });
    await writeSteps("reset", 0, 10);
    await until(async () => (await foldedCount("reset")) === 10);
    await database.transaction((client) => resetMetrics(client));
    expect((await reader.statistics(["reset"])).size).toBe(0);
    await writeSteps("reset", 0, 4);
    await until(async () => (await foldedCount("reset")) === 4);
    expect((await reader.history({ runId: "reset", key: "loss", offset: 0, limit: 9 })).total).toBe(4);
    await maintenance.stop();
  });
});
