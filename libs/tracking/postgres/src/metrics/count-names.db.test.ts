import { shardOf } from "@runweir/ingest-domain";
import { batchOf } from "@runweir/ingest-domain/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  createMetricTestDatabase,
  insertRun,
  type MetricTestDatabase,
} from "../../testing/metric-test-database.ts";
import { createNameCounter } from "./count-names.ts";
import { createDirectLog } from "./direct-log.ts";
import { foldShard } from "./fold-shard.ts";
import { createMetricContext } from "./metric-context.ts";

let database: MetricTestDatabase;

beforeAll(async () => {
  database = await createMetricTestDatabase();
});
afterAll(() => database.drop());

it("counts names in series and in waiting segments, each once, of this run and workspace only", async () => {
  const count = createNameCounter({ database });
  const log = createDirectLog({ database });
  const append = async (runId: string, keys: readonly string[], step = 0) => {
    await log.append({ workspace: "default", runId, points: batchOf(keys.map((key) => [key, step, 0, 0])) });
  };
  await insertRun(database, "names");
  await insertRun(database, "other names");
  expect(await count("default", "names", ["a", "b", "a"])).toEqual({ known: 0, fresh: 2 });

  await append("names", ["a", "b"]);
  await append("other names", ["c", "d", "e"]);
  expect(await count("default", "names", ["a", "c"])).toEqual({ known: 2, fresh: 1 });

  await foldShard(createMetricContext(database, 1_000), { shard: shardOf("names") });
  await append("names", ["b", "c"], 1);
  expect(await count("default", "names", ["a", "b", "c", "d"])).toEqual({ known: 3, fresh: 1 });

  expect(await count("elsewhere", "names", ["a"])).toEqual({ known: 0, fresh: 1 });
  expect(await count("default", "no run", [])).toEqual({ known: 0, fresh: 0 });
  await log.close();
});
