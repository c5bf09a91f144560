import { afterAll, beforeAll, expect, it } from "vitest";
import { createMetricTestDatabase, type MetricTestDatabase } from "../../testing/metric-test-database.ts";
import { applyTransaction, claimPartition, placePartition } from "./apply-transaction.ts";

let database: MetricTestDatabase;
beforeAll(async () => {
  database = await createMetricTestDatabase();
});
afterAll(() => database.drop());

it("cannot keep a partition from others while its process stands still", async () => {
  const { epoch } = await claimPartition(database, "log", 0);
  const standing = applyTransaction(database, async (client) => {
    await client.query(
      "UPDATE tracking.ingest_position SET next_offset = 7 WHERE source = 'log' AND shard = 0",
    );
    // Nothing is said to the database any more until somebody else has got the partition.
    const other = await claimPartition(database, "log", 0);
    expect(other).toEqual({ epoch: other.epoch, nextOffset: 0, leaders: [], agreedWith: undefined });
    expect(other.epoch).toBeGreaterThan(epoch);
    await client.query("SELECT 1");
  });
  await expect(standing).rejects.toThrow(/idle-in-transaction|Connection terminated|not queryable/);
});

it("remembers by whom was written what is applied, for whoever claims the partition, and makes another claim of it", async () => {
  const { epoch } = await claimPartition(database, "log", 1);
  const stretch = { source: "log", partition: 1, epoch, offset: 0, nextOffset: 5 };
  const authors = {
    leaders: [
      { epoch: 2, from: 0 },
      { epoch: 7, from: 3 },
    ],
    agreedWith: 9,
  };
  const placed = await placePartition(database, stretch, authors);
  expect(placed).toBeGreaterThan(epoch);
  // Whoever has not heard of it applies nothing as if it were otherwise.
  expect(await placePartition(database, { ...stretch, offset: 5 }, authors)).toBeUndefined();
  const back = { ...stretch, epoch: placed as number, offset: 5, nextOffset: 3 };
  expect(await placePartition(database, back, { leaders: [], agreedWith: undefined })).toBeDefined();
  expect(await claimPartition(database, "log", 1)).toMatchObject({
    nextOffset: 3,
    leaders: [],
    agreedWith: undefined,
  });
});
