import { afterAll, beforeAll, expect, it } from "vitest";
import { createMetricTestDatabase, type MetricTestDatabase } from "../../testing/metric-test-database.ts";
import { applyTransaction, claimPartition } from "./apply-transaction.ts";

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
    expect(await claimPartition(database, "log", 0)).toEqual({ epoch: epoch + 1, nextOffset: 0 });
    await client.query("SELECT 1");
  });
  await expect(standing).rejects.toThrow(/idle-in-transaction|Connection terminated|not queryable/);
});
