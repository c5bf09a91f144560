import type { Tracking } from "@runweir/tracking-domain";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTrackingTestService } from "../../testing/tracking-test-service.ts";

let service: Awaited<ReturnType<typeof createTrackingTestService>>;
let tracking: Tracking;
let experimentId: string;
const names = new Map<string, string>();

/** Five runs that differ in everything a filter can ask for. */
beforeAll(async () => {
  service = await createTrackingTestService();
  ({ tracking } = service);
  experimentId = await tracking.createExperiment(service.caller, { name: "search" });
  const losses = [0.5, 0.25, Number.NaN, Number.POSITIVE_INFINITY, undefined];
  for (const [i, loss] of losses.entries()) {
    const { info } = await tracking.createRun(service.caller, {
      experimentId,
      runName: `run-${i}`,
      userId: i % 2 === 0 ? "ada" : "grace",
      startTime: 1_000 + i,
      tags: i < 3 ? [{ key: "mlflow.source.type", value: i === 0 ? "LOCAL" : "JOB" }] : [],
    });
    names.set(info.runId, `run-${i}`);
    await tracking.logBatch(service.caller, {
      runId: info.runId,
      metrics:
        loss === undefined
          ? []
          : [
              { key: "val/loss", value: 1, timestamp: 1, step: 0 },
              { key: "val/loss", value: loss, timestamp: 2, step: 1 },
            ],
      params: [
        { key: "lr", value: ["0.1", "0.01", "0.001", "Größe", "100%"][i] as string },
        ...(i === 1 ? [{ key: "only", value: "" }] : []),
      ],
    });
    if (i > 2)
      await tracking.updateRun(service.caller, {
        runId: info.runId,
        status: "FINISHED",
        endTime: 5_000 + i,
      });
  }
  const [first] = [...names.keys()];
  await tracking.logInputs(service.caller, {
    runId: first as string,
    datasets: [
      {
        dataset: { name: "iris", digest: "abc", sourceType: "local", source: "{}" },
        tags: [{ key: "mlflow.data.context", value: "train" }],
      },
    ],
  });
});
afterAll(() => service.drop());

async function found(filter: string, orderBy: readonly string[] = ["start_time"]): Promise<string> {
  const page = await tracking.searchRuns(service.caller, {
    experimentIds: [experimentId],
    filter,
    orderBy,
    viewType: "ACTIVE_ONLY",
    maxResults: 100,
  });
  return page.items.map((run) => run.info.runName.replace("run-", "")).join("");
}

describe("filters", () => {
  it.each([
    ["", "01234"],
    ["metrics.`val/loss` < 0.5", "1"],
    ['metric."val/loss" <= 0.5', "01"],
    ["metrics.val/loss > 0.3", "03"],
    ["metrics.val/loss = 0.25", "1"],
    ["metrics.val/loss != 0.25", "023"],
    ["metrics.val/loss >= -1e9", "013"],
    ["metrics.never > 0", ""],
    ["min(metrics.val/loss) <= 0.5 AND max(metrics.`val/loss`) = 1", "01"],
    ["count(metrics.val/loss) = 2", "0123"],
    ["mean(metrics.val/loss) < 0.7", "1"],
    ["first(metrics.val/loss) = 1", "0123"],
    ["params.lr = '0.1'", "0"],
    ["params.lr != '0.1'", "1234"],
    ["params.only != 'x'", "1"],
    ["params.only = ''", "1"],
    ["params.lr LIKE '0.0%'", "12"],
    ["params.lr ILIKE 'GRÖSSE'", ""],
    ["params.lr ILIKE 'GRÖ%'", "3"],
    ["params.lr LIKE '100\\%'", "4"],
    ["params.lr MATCHES '^0\\.0+1$'", "12"],
    ["params.only IS NULL", "0234"],
    ["params.only IS NOT NULL", "1"],
    ["tags.mlflow.source.type = 'LOCAL'", "0"],
    ['tags."mlflow.source.type" != "LOCAL"', "12"],
    ["tags.`mlflow.source.type` IS NULL", "34"],
    ["tags.mlflow.runName = 'run-2'", "2"],
    ["attributes.status = 'FINISHED'", "34"],
    ["status != 'FINISHED'", "012"],
    ["attribute.start_time >= 1003", "34"],
    ["start_time > 1000.5 and end_time < 5004", "3"],
    ["NOT end_time > 0", "012"],
    ["run_name ILIKE 'RUN-4'", "4"],
    ["attr.user_id = 'ada'", "024"],
    ["run.artifact_uri LIKE 'mlflow-artifacts:%'", "01234"],
    ["created < 1002", "01"],
    ["datasets.name = 'iris'", "0"],
    ["dataset.digest != 'abc'", ""],
    ["dataset.context IN ('train', 'test')", "0"],
    ["dataset.name LIKE 'ir%'", "0"],
    ["params.lr = '0.1' OR params.lr = '0.01'", "01"],
    ["(params.lr = '0.1' OR status = 'FINISHED') AND NOT user_id = 'ada'", "3"],
    ["params.lr = 'it''s'", ""],
    ["experiment_id = 'none'", ""],
    ["experiment_id LIKE '%'", "01234"],
  ])("%s", async (filter, runs) => {
    expect(await found(filter)).toBe(runs);
  });

  it("takes lists of run ids", async () => {
    const [a, , c] = [...names.keys()];
    expect(await found(`run_id IN ('${a}', '${c}')`)).toBe("02");
    expect(await found(`attributes.run_id NOT IN ('${a}', "${c}")`)).toBe("134");
  });

  it.each([
    ["params.lr LIKE '%\\'", "Invalid pattern"],
    ["params.lr MATCHES '('", "Invalid pattern"],
    ["params.lr = '\u0000'", "NUL"],
  ])("refuses what the database cannot read: %j", async (filter, words) => {
    await expect(found(filter)).rejects.toMatchObject({
      code: "invalid_argument",
      message: expect.stringContaining(words),
    });
  });
});

describe("order", () => {
  it.each([
    [[], "43210"],
    [["metrics.val/loss"], "10324"],
    [["metrics.`val/loss` DESC"], "30124"],
    [["params.lr ASC"], "21043"],
    [["params.only DESC", "attributes.start_time ASC"], "10234"],
    [["tags.mlflow.source.type", "start_time DESC"], "21043"],
    [["end_time DESC"], "43210"],
    [["end_time ASC"], "34210"],
    [["status", "user_id DESC", "run_name DESC"], "34120"],
  ])("%j", async (orderBy, runs) => {
    expect(await found("", orderBy)).toBe(runs);
  });
});

it.each([
  ["mean", true, "10234"],
  ["max", false, "32104"],
  ["count", true, "32104"],
  ["first", true, "32104"],
] as const)("goes by the %s of a metric, ascending: %s", async (aggregate, ascending, runs) => {
  const page = await tracking.searchRuns(service.caller, {
    experimentIds: [experimentId],
    orderBy: [{ field: { entity: "metric", key: "val/loss", aggregate }, ascending }],
    viewType: "ACTIVE_ONLY",
    maxResults: 100,
  });
  expect(page.items.map((run) => run.info.runName.replace("run-", "")).join("")).toBe(runs);
});

describe("pages", () => {
  it.each([
    [[]],
    [["metrics.val/loss DESC"]],
    [["metrics.val/loss ASC"]],
    [["params.only"]],
    [["end_time DESC"]],
    [["user_id", "metrics.val/loss"]],
  ])("one run at a time gives the same as all at once, ordered by %j", async (orderBy) => {
    const whole = await found("", orderBy);
    let walked = "";
    let pageToken: string | undefined;
    do {
      const page = await tracking.searchRuns(service.caller, {
        experimentIds: [experimentId],
        orderBy,
        viewType: "ALL",
        maxResults: 1,
        pageToken,
      });
      walked += page.items.map((run) => run.info.runName.replace("run-", "")).join("");
      pageToken = page.nextPageToken;
    } while (pageToken !== undefined && walked.length < 20);
    expect(walked).toBe(whole);
  });

  it("refuses tokens that it did not give out", async () => {
    const search = (pageToken: string, orderBy: readonly string[]) =>
      tracking.searchRuns(service.caller, {
        experimentIds: [experimentId],
        orderBy,
        viewType: "ALL",
        maxResults: 1,
        pageToken,
      });
    const { nextPageToken = "" } = await search("", ["start_time"]);
    await expect(search(nextPageToken, ["end_time"])).rejects.toThrow("Invalid page token");
    await expect(search("gibberish", [])).rejects.toThrow("Invalid page token");
  });
});

it("gives runs whole, NaN and infinities included", async () => {
  const page = await tracking.searchRuns(service.caller, {
    experimentIds: [experimentId],
    filter: "run_name = 'run-2' OR run_name = 'run-3'",
    orderBy: ["start_time"],
    viewType: "ACTIVE_ONLY",
    maxResults: 10,
  });
  expect(page.items.map((run) => run.metrics)).toEqual([
    [{ key: "val/loss", value: Number.NaN, timestamp: 2, step: 1 }],
    [{ key: "val/loss", value: Number.POSITIVE_INFINITY, timestamp: 2, step: 1 }],
  ]);
  const [run] = page.items;
  expect(run).toEqual(await tracking.getRun(service.caller, run?.info.runId as string));
});

it("counts runs and lists keys", async () => {
  expect(
    await tracking.countRuns(service.caller, { experimentIds: [experimentId], viewType: "ACTIVE_ONLY" }),
  ).toEqual({
    total: 5,
    byStatus: { RUNNING: 3, SCHEDULED: 0, FINISHED: 2, FAILED: 0, KILLED: 0 },
  });
  expect(await tracking.listKeys(service.caller, [experimentId])).toEqual({
    metrics: [{ key: "val/loss", runs: 4 }],
    params: [
      { key: "lr", runs: 5 },
      { key: "only", runs: 1 },
    ],
    tags: [
      { key: "mlflow.runName", runs: 5 },
      { key: "mlflow.source.type", runs: 3 },
    ],
  });
});
