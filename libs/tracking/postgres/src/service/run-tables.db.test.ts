import { type Comparison, type RunTableRequest, runTableService } from "@runweir/tracking-domain";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTrackingTestService } from "../../testing/tracking-test-service.ts";
import { createMetricReader, createTrackingStore } from "../index.ts";

let service: Awaited<ReturnType<typeof createTrackingTestService>>;
let experimentIds: readonly string[];
let runIds: readonly string[];

beforeAll(async () => {
  service = await createTrackingTestService();
  const { tracking, caller } = service;
  const [first, second] = [
    await tracking.createExperiment(caller, { name: "first" }),
    await tracking.createExperiment(caller, { name: "second" }),
  ];
  experimentIds = [first, second];
  const made: string[] = [];
  for (const [i, experimentId] of [first, second, first, first].entries()) {
    const { info } = await tracking.createRun(caller, {
      experimentId,
      runName: `run-${i}`,
      startTime: 10 + i,
    });
    made.push(info.runId);
  }
  runIds = made;
  const [a, b, c, d] = made as [string, string, string, string];
  const points = (...values: number[]) =>
    values.map((value, step) => ({ key: "loss", value, timestamp: step, step }));
  await tracking.logBatch(caller, {
    runId: a,
    metrics: points(4, 2, 3),
    params: [{ key: "lr", value: "0.1" }],
    tags: [{ key: "lr", value: "a tag" }],
  });
  await tracking.logBatch(caller, {
    runId: b,
    metrics: points(Number.NaN),
    params: [{ key: "lr", value: "" }],
  });
  await tracking.logBatch(caller, { runId: c, metrics: points(-0) });
  await tracking.updateRun(caller, { runId: c, status: "FINISHED", endTime: 99 });
  await tracking.deleteRun(caller, d);
});
afterAll(() => service.drop());

function getTable(request: Partial<RunTableRequest>) {
  const { database, log, caller } = service;
  const tables = runTableService({
    store: createTrackingStore({ database }),
    metricReader: createMetricReader({ database }),
    log,
  });
  return tables.getRunTable(caller, { experimentIds, columns: [], limit: 50_000, ...request });
}

it("gives columns as asked for, of runs that are not deleted, started last first", async () => {
  const [a, b, c] = runIds;
  const loss = (aggregate: "last" | "min" | "max" | "mean" | "count") =>
    ({ entity: "metric", key: "loss", aggregate }) as const;
  expect(
    await getTable({
      columns: [
        loss("last"),
        { entity: "param", key: "lr" },
        { entity: "tag", key: "lr" },
        { entity: "attribute", key: "start_time" },
        { entity: "attribute", key: "end_time" },
        { entity: "attribute", key: "experiment_id" },
        { entity: "attribute", key: "lifecycle_stage" },
        loss("min"),
        loss("mean"),
        loss("count"),
        { entity: "metric", key: "never", aggregate: "max" },
        loss("last"),
      ],
    }),
  ).toEqual({
    total: 3,
    runIds: [c, b, a],
    runNames: ["run-2", "run-1", "run-0"],
    columns: [
      [0, Number.NaN, 3],
      [null, "", "0.1"],
      [null, null, "a tag"],
      [12, 11, 10],
      [99, null, null],
      [experimentIds[0], experimentIds[1], experimentIds[0]],
      ["active", "active", "active"],
      [0, null, 2],
      [0, null, 3],
      [1, 1, 3],
      [null, null, null],
      [0, Number.NaN, 3],
    ],
    source: { from: "postgres" },
  });
});

it("counts what it has no room for, and chooses by an expression", async () => {
  const [a, , c] = runIds;
  const [first = ""] = experimentIds;
  expect(await getTable({ limit: 1 })).toMatchObject({ total: 3, runIds: [c] });
  expect(await getTable({ experimentIds: [first] })).toMatchObject({ total: 2, runIds: [c, a], columns: [] });
  const where: Comparison = {
    kind: "comparison",
    field: { entity: "metric", key: "loss", aggregate: "max" },
    operator: ">",
    value: 3,
  };
  expect(await getTable({ where })).toMatchObject({ total: 1, runIds: [a] });
  expect(await getTable({ where: { ...where, value: 9 } })).toMatchObject({ total: 0, runIds: [] });
});

it.each<[Partial<RunTableRequest> | { columns: unknown }, string]>([
  [{ experimentIds: [] }, "experiment_ids has 0 entries; 1 to 100 are allowed."],
  [{ experimentIds: Array.from({ length: 101 }, (_, i) => `${i}`) }, "experiment_ids has 101 entries"],
  [{ experimentIds: ["one"] }, "Invalid experiment ID 'one'"],
  [
    { columns: Array.from({ length: 201 }, () => ({ entity: "param", key: "lr" }) as const) },
    "columns has 201 entries; 0 to 200 are allowed.",
  ],
  [
    { columns: [{ entity: "dataset", key: "name" }] },
    "columns[0] is a dataset; allowed are attribute, metric",
  ],
  [{ columns: [{ entity: "attribute", key: "age" }] }, "Invalid attribute key 'age'"],
  [{ limit: 0 }, "limit is 0; whole numbers from 1 to 50000 are allowed."],
  [{ limit: 50_001 }, "limit is 50001"],
  [{ limit: 1.5 }, "limit is 1.5"],
  [{ where: { kind: "and", operands: [] } }, "A query has and of nothing."],
])("refuses %j", async (request, words) => {
  await expect(getTable(request as Partial<RunTableRequest>)).rejects.toMatchObject({
    code: "invalid_argument",
    message: expect.stringContaining(words),
  });
});
