import { hash } from "node:crypto";
import { localOwner } from "@runweir/identity-domain";
import { shardOf } from "@runweir/ingest-domain";
import { batchOf, type PointRow } from "@runweir/ingest-domain/testing";
import type { Delivery, Tracking } from "@runweir/tracking-domain";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { logForRun, type SentBatch } from "../../testing/log-for-run.ts";
import { createTrackingTestService } from "../../testing/tracking-test-service.ts";
import { foldShard } from "../metrics/fold-shard.ts";
import { createMetricContext } from "../metrics/metric-context.ts";

let service: Awaited<ReturnType<typeof createTrackingTestService>>;
let tracking: Tracking;
const caller = localOwner("test");

beforeAll(async () => {
  service = await createTrackingTestService();
  ({ tracking } = service);
});
afterAll(() => service.drop());

async function newRun(): Promise<string> {
  return (await tracking.createRun(caller, { experimentId: "0" })).info.runId;
}

function log(runId: string, rows: readonly PointRow[]): Promise<void> {
  const metrics = rows.map(([key, step, timestamp, value]) => ({ key, step, timestamp, value }));
  return tracking.logBatch(caller, { runId, metrics });
}

const finish = (runId: string) => tracking.updateRun(caller, { runId, status: "FINISHED" });
const deliveryOf = (runId: string): Promise<Delivery> => tracking.getDelivery(caller, runId);

/** The digest as points-v1 describes it, of distinct points that come in order. */
function digestBy(series: Readonly<Record<string, readonly (readonly [number, number, number])[]>>): string {
  const hashes = Object.entries(series).map(([key, points]) =>
    hash(
      "sha256",
      Buffer.concat([Buffer.from(`${key}\0`), Buffer.from(Float64Array.from(points.flat()).buffer)]),
      "buffer",
    ),
  );
  return hash("sha256", Buffer.concat(hashes.sort(Buffer.compare)), "hex");
}

describe("the certificate", () => {
  it("comes when the run has ended, and stays as it was issued", async () => {
    const runId = await newRun();
    const points = [
      [0, 10, 0.5],
      [1, 20, 0.1],
      [2, 30, Number.NaN],
    ] as const;
    await log(
      runId,
      points.map((point) => ["loss", ...point]),
    );
    await log(runId, [["lr", 0, 10, 3]]);
    expect(await deliveryOf(runId)).toMatchObject({ state: "in_progress", complete: null });
    await finish(runId);
    const first = await deliveryOf(runId);
    expect(first).toMatchObject({
      state: "complete",
      complete: { batches: 2, points: 4, issuedAt: service.clock.time },
    });
    expect(first.complete?.digest).toBe(digestBy({ loss: points, lr: [[0, 10, 3]] }));
    service.clock.time += 60_000;
    expect((await deliveryOf(runId)).complete).toEqual(first.complete);

    await log(runId, [["lr", 1, 20, 4]]);
    const second = await deliveryOf(runId);
    expect(second.complete).toMatchObject({ batches: 3, points: 5, issuedAt: service.clock.time });
    expect(second.complete?.digest).not.toBe(first.complete?.digest);
  });

  it("has the digest of the points whatever way they came and were merged", async () => {
    const rows = Array.from({ length: 600 }, (_, i): PointRow => [`metric-${i % 3}`, i, i * 7, Math.sin(i)]);
    const [orderly, scattered] = [await newRun(), await newRun()];
    await log(orderly, rows);
    const backwards = rows.toReversed();
    const context = { ...createMetricContext(service.database, 100_000), chunkPoints: 16 };
    for (let start = 0; start < rows.length; start += 50) {
      await log(scattered, backwards.slice(start, start + 80));
      if (start % 100 === 0) await foldShard(context, { shard: shardOf(scattered) });
    }
    await finish(orderly);
    await finish(scattered);
    const [one, other] = [await deliveryOf(orderly), await deliveryOf(scattered)];
    expect(one.complete).toMatchObject({ points: 600, batches: 1 });
    expect(other.complete).toMatchObject({ points: 600, batches: 12, digest: one.complete?.digest });
    expect(other).toMatchObject({ duplicatePoints: 330 });
    expect(other.latePoints).toBeGreaterThan(400);
  });

  it("is one however many ask for it at once", async () => {
    const runId = await newRun();
    await log(runId, [["loss", 1, 1, 1]]);
    await finish(runId);
    // Each attempt to issue it has another time.
    const still = service.clock.now;
    service.clock.now = () => service.clock.time++;
    const answers = await Promise.all(Array.from({ length: 8 }, () => deliveryOf(runId)));
    service.clock.now = still;
    const again = (await deliveryOf(runId)).complete;
    expect(again).toMatchObject({ points: 1 });
    for (const { complete } of answers) expect(complete).toEqual(again);
  });

  it("says of a run without points that there are none", async () => {
    const runId = await newRun();
    expect(await deliveryOf(runId)).toMatchObject({
      state: "in_progress",
      accepted: { batches: 0, points: 0 },
    });
    await finish(runId);
    expect((await deliveryOf(runId)).complete).toMatchObject({ batches: 0, points: 0, digest: digestBy({}) });
  });

  it("is not given for points that came before deliveries were counted", async () => {
    const runId = await newRun();
    await log(runId, [["loss", 1, 1, 1]]);
    await service.database.query(
      "DELETE FROM tracking.run_delivery d USING tracking.run r WHERE r.run_no = d.run_no AND r.run_id = $1",
      [runId],
    );
    await finish(runId);
    expect(await deliveryOf(runId)).toMatchObject({ state: "uncounted", storedPoints: 1, complete: null });
  });
});

describe("what was sent more than once", () => {
  it("is told by request and by point", async () => {
    const runId = await newRun();
    const rows: PointRow[] = [
      ["loss", 1, 1, 1],
      ["loss", 2, 2, 2],
    ];
    await log(runId, rows);
    await log(runId, rows);
    await log(runId, [...rows, ["loss", 3, 3, 3]]);
    expect(await deliveryOf(runId)).toMatchObject({
      accepted: { batches: 3, points: 7 },
      applied: { batches: 2, points: 5 },
      repeated: { batches: 1, points: 2 },
      storedPoints: 3,
      duplicatePoints: 4,
      latePoints: 0,
    });
  });
});

describe("a run that is deleted while its points are in the log", () => {
  it("has them when it is restored", async () => {
    const runId = await newRun();
    const { deliver } = await logForRun(service.database, runId);
    await tracking.deleteRun(caller, runId);
    await deliver([{ rows: [["loss", 1, 1, 0.5]] }]);
    await tracking.restoreRun(caller, runId);
    expect(await deliveryOf(runId)).toMatchObject({
      accepted: { batches: 1, points: 1 },
      applied: { batches: 1, points: 1 },
      rejected: { batches: 0, points: 0 },
    });
    const run = await tracking.getRun(caller, runId);
    expect(run.metrics).toMatchObject([{ key: "loss", value: 0.5 }]);
  });
});

describe("batches that clients number", () => {
  it("are missed where a number did not come, until it comes", async () => {
    const runId = await newRun();
    const { deliver } = await logForRun(service.database, runId);
    const batch = (client: string, sequence: number): SentBatch => ({
      client,
      sequence,
      rows: [[client, sequence, sequence, sequence]],
    });
    await deliver([batch("a", 1), batch("a", 2), batch("a", 5), batch("b", 2), batch("a", 5)]);
    await finish(runId);
    const delivery = await deliveryOf(runId);
    expect(delivery).toMatchObject({ state: "gaps", missingBatches: 3, clientCount: 2, complete: null });
    expect(delivery.clients).toMatchObject([
      { client: "a", first: 1, last: 5, batches: 3, missing: 2, gaps: [{ from: 3, to: 4 }] },
      { client: "b", first: 2, last: 2, batches: 1, missing: 1, gaps: [{ from: 1, to: 1 }] },
    ]);
    expect(delivery.lastLagMs).toBeGreaterThanOrEqual(1_000);
    expect(delivery.longestLagMs).toBeGreaterThanOrEqual(delivery.lastLagMs ?? Infinity);
    expect(delivery.lastAppliedAt).not.toBeNull();

    await deliver([batch("a", 4), batch("b", 1), batch("a", 3)]);
    expect(await deliveryOf(runId)).toMatchObject({ state: "complete", complete: { batches: 7, points: 7 } });
    const lastSequences = [{ client: "a", sequence: 6 }];
    const asked = await tracking.getDelivery(caller, runId, { lastSequences });
    expect(asked).toMatchObject({ state: "gaps", complete: null });
    expect(asked.clients[0]).toMatchObject({ client: "a", gaps: [{ from: 6, to: 6 }] });
    expect((await deliveryOf(runId)).complete).not.toBeNull();
  });

  it("come through the log of a single process too", async () => {
    const runId = await newRun();
    const points = batchOf([["loss", 1, 1, 1]]);
    await service.log.append({ workspace: "default", runId, points, sender: { client: "a", sequence: 3 } });
    expect(await deliveryOf(runId)).toMatchObject({
      state: "gaps",
      clients: [{ client: "a", gaps: [{ from: 1, to: 2 }] }],
      lastLagMs: 0,
    });
  });

  it.each([
    ["", 1],
    ["a".repeat(129), 1],
    ["a", -1],
    ["a", 0.5],
    ["a", 1e16],
  ])("are not asked for as %s:%s", async (client, sequence) => {
    const runId = await newRun();
    await expect(
      tracking.getDelivery(caller, runId, { lastSequences: [{ client, sequence }] }),
    ).rejects.toMatchObject({ code: "invalid_argument", field: "last_sequence" });
  });
});

describe("while many write, fold and ask at once", () => {
  it("every answer adds up, and all is there in the end", async () => {
    const runIds = await Promise.all(Array.from({ length: 4 }, newRun));
    const context = createMetricContext(service.database, 10_000);
    let writing = true;
    const writers = Array.from({ length: 6 }, async (_, writer) => {
      for (let i = 1; i <= 30; i += 1) {
        const runId = runIds[(writer + i) % runIds.length] as string;
        // Steps go back and forth, so that folding finds late points in several runs of a shard.
        const rows: PointRow[] = [[`writer-${writer}`, i % 2 ? i : 100 - i, i, writer]];
        const sender = { client: `${runId}/${writer}`, sequence: Math.ceil(i / runIds.length) };
        await service.log.append({ workspace: "default", runId, points: batchOf(rows), sender });
      }
    });
    const folder = (async () => {
      while (writing) for (const runId of runIds) await foldShard(context, { shard: shardOf(runId) });
    })();
    const reader = (async () => {
      let asked = 0;
      for (; writing; asked += 1)
        for (const runId of runIds) {
          const { accepted, applied, repeated, storedPoints, duplicatePoints } = await deliveryOf(runId);
          expect(accepted.points).toBe(applied.points + repeated.points);
          expect(storedPoints + duplicatePoints).toBe(accepted.points);
        }
      return asked;
    })();
    await Promise.all(writers);
    writing = false;
    await folder;
    expect(await reader).toBeGreaterThan(0);
    await Promise.all(runIds.map(finish));
    const deliveries = await Promise.all(runIds.map(deliveryOf));
    expect(deliveries.map(({ state }) => state)).toEqual(runIds.map(() => "complete"));
    expect(deliveries.reduce((total, { storedPoints }) => total + storedPoints, 0)).toBe(180);
    expect(deliveries.flatMap(({ clients }) => clients)).toHaveLength(24);
  });
});
