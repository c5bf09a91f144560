import { localOwner } from "@runweir/identity-domain";
import { shardOf } from "@runweir/ingest-domain";
import type { Change, Delivery, Tracking } from "@runweir/tracking-domain";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { logForRun } from "../../testing/log-for-run.ts";
import { createTrackingTestService } from "../../testing/tracking-test-service.ts";
import { replayDeadLetter } from "../dead-letters/replay-dead-letter.ts";
import { createChangeFeed, createDeadLetterStore } from "../index.ts";
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

const finish = (runId: string) => tracking.updateRun(caller, { runId, status: "FINISHED" });
const deliveryOf = (runId: string): Promise<Delivery> => tracking.getDelivery(caller, runId);

/** Returns what resolves at the next announcement of a kind. */
async function listen(runId: string): Promise<(kind: Change["kind"]) => Promise<void>> {
  const feed = createChangeFeed({ database: service.database });
  const stop = new AbortController();
  onTestFinished(async () => {
    stop.abort();
    await feed.close();
  });
  let heard: readonly string[] = [];
  let wake = (): void => {};
  const next = async (kind: string) => {
    while (!heard.includes(kind)) await new Promise<void>((resolve) => (wake = resolve));
    heard = [];
  };
  feed.subscribe(
    { workspace: "default", runId },
    (change) => {
      heard = [...heard, change.kind];
      wake();
    },
    stop.signal,
  );
  // Told once the connection is there.
  await next("run");
  return next;
}

describe("what was rejected", () => {
  it("is counted with its reason, until it is replayed", async () => {
    const runId = await newRun();
    const { deliver } = await logForRun(service.database, runId);
    await deliver(
      [{ rows: [["loss", 1, 1, 1]] }],
      [
        {
          rows: [
            ["loss", 2, 2, 2],
            ["loss", 3, 3, 3],
          ],
        },
      ],
    );
    await deliver([], [{ rows: [["loss", 4, 4, 4]] }]);
    await finish(runId);
    const delivery = await deliveryOf(runId);
    expect(delivery).toMatchObject({
      state: "rejected",
      accepted: { batches: 3, points: 4 },
      applied: { batches: 1, points: 1 },
      rejected: { batches: 2, points: 3 },
      complete: null,
    });
    expect(delivery.rejectedBatches).toMatchObject([
      { reason: "refused", explanation: "a table stood in the way" },
      { reason: "refused", explanation: "a table stood in the way" },
    ]);
    const [{ at, bytes } = { at: 0, bytes: 0 }] = delivery.rejectedBatches;
    expect(Math.abs(at - Date.now())).toBeLessThan(600_000);
    expect(bytes).toBeGreaterThan(10);

    const letters = await service.database.query<{ id: number }>(
      "SELECT dead_letter_id AS id FROM tracking.dead_letter WHERE run_id = $1 ORDER BY 1",
      [runId],
    );
    const replay = ({ id }: { id: number }) =>
      replayDeadLetter(id, { database: service.database, trackingOver: () => tracking });
    for (const letter of letters.slice(0, 1)) expect(await replay(letter)).toMatchObject({ points: 2 });
    expect(await deliveryOf(runId)).toMatchObject({
      state: "rejected",
      accepted: { batches: 3, points: 4 },
      rejected: { batches: 1, points: 1 },
    });
    for (const letter of letters.slice(1)) expect(await replay(letter)).toMatchObject({ points: 1 });
    expect(await deliveryOf(runId)).toMatchObject({
      state: "complete",
      accepted: { batches: 3, points: 4 },
      rejected: { batches: 0, points: 0 },
      complete: { batches: 3, points: 4 },
    });
  });

  it("is counted once when the log is read again, and not any more once it is deleted", async () => {
    const runId = await newRun();
    const log = await logForRun(service.database, runId);
    const refused = { rows: [["loss", 1, 1, 1]] } as const;
    await log.deliver([], [refused]);
    await log.readAnew();
    await log.deliver([], [refused]);
    expect(await deliveryOf(runId)).toMatchObject({ rejected: { batches: 1, points: 1 } });
    const letters = createDeadLetterStore({ database: service.database });
    await letters.delete(await letters.listIds({ runId }));
    expect(await deliveryOf(runId)).toMatchObject({
      rejected: { batches: 0, points: 0 },
      rejectedBatches: [],
    });
  });

  it("is heard of by open pages, though nothing was applied", async () => {
    const runId = await newRun();
    const { deliver } = await logForRun(service.database, runId);
    const heard = await listen(runId);
    await deliver([], [{ rows: [["loss", 1, 1, 1]] }]);
    await heard("metrics");
    const [letter] = await createDeadLetterStore({ database: service.database }).list({ runId }, 1);
    await replayDeadLetter(letter?.id ?? 0, { database: service.database, trackingOver: () => tracking });
    await heard("metrics");
  });

  it("includes what was damaged after it was stored", async () => {
    const runId = await newRun();
    await tracking.logMetric(caller, runId, { key: "loss", step: 1, timestamp: 1, value: 1 });
    await service.database.query(
      `UPDATE tracking.metric_segment g SET body = set_byte(body, 20, 255 - get_byte(body, 20))
       FROM tracking.run r WHERE r.run_no = g.run_no AND r.run_id = $1`,
      [runId],
    );
    await foldShard(createMetricContext(service.database, 1_000), { shard: shardOf(runId) });
    await finish(runId);
    expect(await deliveryOf(runId)).toMatchObject({ state: "rejected", damagedBatches: 1, storedPoints: 0 });
  });

  it("of another workspace's run with that id is not told", async () => {
    const runId = await newRun();
    const stranger = { ...caller, workspace: "elsewhere" };
    await expect(tracking.getDelivery(stranger, runId)).rejects.toMatchObject({ code: "not_found" });
    await service.database.query(
      "SELECT tracking.set_aside('elsewhere', 0, 0, 'run_not_found', '', 'elsewhere', ARRAY[$1], ARRAY[1::bigint], '{}', '')",
      [runId],
    );
    expect(await deliveryOf(runId)).toMatchObject({ rejected: { batches: 0 }, rejectedBatches: [] });
  });
});
