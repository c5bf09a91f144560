import { localOwner } from "@runweir/identity-domain";
import type { Tracking } from "@runweir/tracking-domain";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTrackingTestService } from "../../testing/tracking-test-service.ts";
import { createChangeFeed } from "../index.ts";

let service: Awaited<ReturnType<typeof createTrackingTestService>>;
let tracking: Tracking;
const caller = localOwner("test");
const stranger = { ...caller, workspace: "elsewhere" };

beforeAll(async () => {
  service = await createTrackingTestService();
  ({ tracking } = service);
});
afterAll(() => service.drop());

async function newRun(experimentId = "0"): Promise<string> {
  return (await tracking.createRun(caller, { experimentId })).info.runId;
}

describe("experiments", () => {
  it("a name is taken once, by a deleted experiment too", async () => {
    const id = await tracking.createExperiment(caller, {
      name: "taken",
      tags: [{ key: "team", value: "a" }],
    });
    expect(await tracking.getExperimentByName(caller, "taken")).toMatchObject({
      experimentId: id,
      artifactLocation: `mlflow-artifacts:/${id}`,
      tags: [{ key: "team", value: "a" }],
    });
    await tracking.deleteExperiment(caller, id);
    await expect(tracking.createExperiment(caller, { name: "taken" })).rejects.toMatchObject({
      code: "already_exists",
      message: expect.stringContaining("Experiment(name=taken) already exists."),
    });
    await expect(tracking.renameExperiment(caller, id, "free")).rejects.toMatchObject({
      reason: "invalid_state",
    });
    await tracking.restoreExperiment(caller, id);
    await tracking.renameExperiment(caller, id, "free");
    await expect(tracking.renameExperiment(caller, "0", "free")).rejects.toMatchObject({
      code: "already_exists",
    });
  });

  it("deleting takes the runs along, restoring brings them back", async () => {
    const id = await tracking.createExperiment(caller, { name: "with runs" });
    const runId = await newRun(id);
    await tracking.deleteExperiment(caller, id);
    await expect(tracking.deleteExperiment(caller, id)).rejects.toThrow(`No Experiment with id=${id} exists`);
    expect((await tracking.getRun(caller, runId)).info.lifecycleStage).toBe("deleted");
    await expect(newRun(id)).rejects.toThrow(
      `The experiment ${id} must be in the 'active' state. Current state is deleted.`,
    );
    await tracking.restoreExperiment(caller, id);
    expect((await tracking.getRun(caller, runId)).info.lifecycleStage).toBe("active");
  });

  it("deleted while a run is made, leave no active run behind, whoever came first", async () => {
    const id = await tracking.createExperiment(caller, { name: "raced" });
    const deletion = "UPDATE tracking.experiment SET lifecycle_stage = 'deleted' WHERE experiment_id = $1";
    expect(await beside(deletion, [id], () => newRun(id))).toMatchObject({
      reason: { message: `The experiment ${id} must be in the 'active' state. Current state is deleted.` },
    });

    await tracking.restoreExperiment(caller, id);
    const creation = `WITH experiment AS (
        SELECT experiment_id FROM tracking.experiment WHERE experiment_id = $1 FOR SHARE
      )
      INSERT INTO tracking.run (run_id, workspace, experiment_id, run_name, user_id, status, start_time, artifact_uri,
        lifecycle_stage)
      SELECT 'raced', 'default', experiment_id, '', '', 'RUNNING', 0, '', 'active' FROM experiment`;
    expect(await beside(creation, [id], () => tracking.deleteExperiment(caller, id))).toMatchObject({
      status: "fulfilled",
    });
    expect((await tracking.getRun(caller, "raced")).info.lifecycleStage).toBe("deleted");
  });

  /** Begins `work` while a transaction that ran the statement is open, and commits once `work` waits for it or is done. */
  async function beside<T>(
    statement: string,
    values: readonly unknown[],
    work: () => Promise<T>,
  ): Promise<PromiseSettledResult<T>> {
    const { database } = service;
    const outcome = await database.transaction(async (client) => {
      await client.query(statement, [...values]);
      let done = false;
      const settled = Promise.allSettled([work()]).finally(() => {
        done = true;
      });
      const waiting = () =>
        database.query(
          "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
        );
      while (!done && (await waiting()).length === 0);
      return { settled };
    });
    return (await outcome.settled)[0];
  }

  it("tags are set, replaced and deleted; searches page through them", async () => {
    const ids: string[] = [];
    for (const i of [1, 2, 3]) {
      service.clock.time += 1;
      ids.push(await tracking.createExperiment(caller, { name: `paged ${i}` }));
    }
    await tracking.setExperimentTag(caller, ids[1] as string, { key: "kind", value: "a" });
    await tracking.setExperimentTag(caller, ids[1] as string, { key: "kind", value: "b" });
    const search = (filter: string, maxResults: number, pageToken?: string, orderBy?: string[]) =>
      tracking.searchExperiments(caller, { filter, viewType: "ALL", maxResults, pageToken, orderBy });
    expect((await search("tags.kind = 'b'", 5)).items.map((one) => one.experimentId)).toEqual([ids[1]]);
    const first = await search("name LIKE 'paged%'", 2);
    expect(first.items.map((one) => one.name)).toEqual(["paged 3", "paged 2"]);
    const second = await search("name LIKE 'paged%'", 2, first.nextPageToken);
    expect(second.items.map((one) => one.name)).toEqual(["paged 1"]);
    expect(second.nextPageToken).toBeUndefined();
    const byName = await search("name ILIKE 'PAGED%' AND tags.kind IS NULL", 9, undefined, ["name ASC"]);
    expect(byName.items.map((one) => one.name)).toEqual(["paged 1", "paged 3"]);
    await tracking.deleteExperimentTag(caller, ids[1] as string, "kind");
    await expect(tracking.deleteExperimentTag(caller, ids[1] as string, "kind")).rejects.toThrow(
      `No tag with name: kind in experiment with id ${ids[1]}`,
    );
  });

  it("of another workspace are not there", async () => {
    const id = await tracking.createExperiment(caller, { name: "ours" });
    const runId = await newRun(id);
    await tracking.createExperiment(stranger, { name: "ours" });
    await expect(tracking.getExperiment(stranger, id)).rejects.toThrow(`No Experiment with id=${id} exists`);
    await expect(tracking.getRun(stranger, runId)).rejects.toThrow(`Run with id=${runId} not found`);
    await expect(
      tracking.logMetric(stranger, runId, { key: "m", value: 1, timestamp: 1, step: 1 }),
    ).rejects.toMatchObject({ code: "not_found" });
    expect((await tracking.getMetricStatistics(stranger, [runId])).size).toBe(0);
  });
});

describe("runs", () => {
  it("get a name when nobody gave one, and keep name and tag the same", async () => {
    const { info, tags } = await tracking.createRun(caller, { experimentId: "0" });
    expect(info.runName).toMatch(/^[a-z]+-[a-z]+-\d+$/);
    expect(tags).toEqual([{ key: "mlflow.runName", value: info.runName }]);
    await tracking.setTag(caller, info.runId, { key: "mlflow.runName", value: "renamed" });
    expect((await tracking.getRun(caller, info.runId)).info.runName).toBe("renamed");
    await tracking.updateRun(caller, { runId: info.runId, runName: "again", status: "FINISHED", endTime: 7 });
    expect(await tracking.getRun(caller, info.runId)).toMatchObject({
      info: { runName: "again", status: "FINISHED", endTime: 7 },
      tags: [{ key: "mlflow.runName", value: "again" }],
    });
    await expect(
      tracking.createRun(caller, {
        experimentId: "0",
        runName: "a",
        tags: [{ key: "mlflow.runName", value: "b" }],
      }),
    ).rejects.toThrow("Both 'run_name' argument and 'mlflow.runName' tag are specified");
  });

  it("belong to who the client says, by field or by tag, else to who asks", async () => {
    const userOf = async (input: { userId?: string; tags?: { key: string; value: string }[] }) =>
      (await tracking.createRun(caller, { experimentId: "0", ...input })).info.userId;
    const tags = [{ key: "mlflow.user", value: "grace" }];
    expect(await userOf({ userId: "ada", tags })).toBe("ada");
    expect(await userOf({ tags })).toBe("grace");
    expect(await userOf({})).toBe(caller.principal.id);
  });

  it("lose a tag only when they have it", async () => {
    const runId = await newRun();
    await tracking.setTag(caller, runId, { key: "t", value: "1" });
    await tracking.deleteTag(caller, runId, "t");
    await expect(tracking.deleteTag(caller, runId, "t")).rejects.toThrow(
      `No tag with name: t in run with id ${runId}`,
    );
  });

  it("deleted ones take no writes; deleting and restoring may be repeated", async () => {
    const runId = await newRun();
    await tracking.deleteRun(caller, runId);
    await tracking.deleteRun(caller, runId);
    const refused = `The run ${runId} must be in the 'active' state. Current state is deleted.`;
    await expect(tracking.logParam(caller, runId, { key: "p", value: "1" })).rejects.toThrow(refused);
    await expect(tracking.setTag(caller, runId, { key: "t", value: "1" })).rejects.toThrow(refused);
    await expect(tracking.logBatch(caller, { runId })).rejects.toThrow(refused);
    await expect(tracking.updateRun(caller, { runId, status: "FAILED" })).rejects.toThrow(refused);
    await expect(
      tracking.logMetric(caller, runId, { key: "m", value: 1, timestamp: 1, step: 1 }),
    ).rejects.toThrow(refused);
    await tracking.restoreRun(caller, runId);
    await tracking.logParam(caller, runId, { key: "p", value: "1" });
  });

  it("params never change; the same value again is fine; tags of a refused batch are not written", async () => {
    const runId = await newRun();
    await tracking.logParam(caller, runId, { key: "p", value: "1" });
    await tracking.logParam(caller, runId, { key: "p", value: "1" });
    await expect(tracking.logParam(caller, runId, { key: "p", value: "2" })).rejects.toThrow(
      `Changing param values is not allowed. Param with key='p' was already logged with value='1' for run ID='${runId}'. Attempted logging new value '2'.`,
    );
    await expect(
      tracking.logBatch(caller, {
        runId,
        params: [
          { key: "new", value: "x" },
          { key: "p", value: "2" },
        ],
        tags: [{ key: "t", value: "x" }],
        metrics: [{ key: "m", value: 1, timestamp: 1, step: 1 }],
      }),
    ).rejects.toThrow(
      `Changing param values is not allowed. Params were already logged='[{'key': 'p', 'old_value': '1', 'new_value': '2'}]' for run ID='${runId}'.`,
    );
    expect(await tracking.getRun(caller, runId)).toMatchObject({
      params: [{ key: "p", value: "1" }],
      metrics: [],
    });
  });

  it("writers of the same params at once all succeed or all hear of the conflict", async () => {
    const runId = await newRun();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 12 }, (_, writer) =>
        tracking.logBatch(caller, {
          runId,
          params: [
            { key: "same", value: "x" },
            { key: "contested", value: String(writer % 2) },
            { key: `own-${writer}`, value: "x" },
          ],
        }),
      ),
    );
    const { params } = await tracking.getRun(caller, runId);
    const stored = params.find((param) => param.key === "contested")?.value;
    for (const [writer, { status }] of outcomes.entries()) {
      expect(status).toBe(String(writer % 2) === stored ? "fulfilled" : "rejected");
      expect(params.some((param) => param.key === `own-${writer}`)).toBe(status === "fulfilled");
    }
  });

  it("a list in a tag loses no entry to another writer", async () => {
    const runId = await newRun();
    const model = (i: number) =>
      JSON.stringify({ artifact_path: `m${i}`, flavors: {}, run_id: runId, utc_time_created: "now" });
    await Promise.all(
      Array.from({ length: 8 }, (_, i) => tracking.recordLoggedModelJson(caller, runId, model(i))),
    );
    const { tags } = await tracking.getRun(caller, runId);
    const history = tags.find((tag) => tag.key === "mlflow.log-model.history")?.value ?? "[]";
    expect(
      (JSON.parse(history) as { artifact_path: string }[]).map((one) => one.artifact_path).sort(),
    ).toEqual(Array.from({ length: 8 }, (_, i) => `m${i}`));
    await expect(tracking.recordLoggedModelJson(caller, runId, "{")).rejects.toThrow(
      "Malformed model info. \n { \n is not a valid JSON.",
    );
    await expect(tracking.recordLoggedModelJson(caller, runId, "{}")).rejects.toThrow("mandatory fields");
  });

  it("keep the inputs of a dataset shared by many runs, and count an input once", async () => {
    const id = await tracking.createExperiment(caller, { name: "datasets" });
    const runIds = await Promise.all(Array.from({ length: 6 }, () => newRun(id)));
    const dataset = { name: "mnist", digest: "d1", sourceType: "http", source: "{}", profile: "{}" };
    const context = (value: string) => [{ key: "mlflow.data.context", value }];
    await Promise.all(
      runIds.map((runId) =>
        tracking.logInputs(caller, { runId, datasets: [{ dataset, tags: context("train") }] }),
      ),
    );
    const [first = ""] = runIds;
    await tracking.logInputs(caller, { runId: first, datasets: [{ dataset, tags: context("test") }] });
    for (const runId of runIds)
      expect((await tracking.getRun(caller, runId)).datasetInputs).toEqual([
        { dataset, tags: context(runId === first ? "test" : "train") },
      ]);
    expect(await tracking.searchDatasets(caller, [id])).toEqual([
      { experimentId: id, name: "mnist", digest: "d1", context: "test" },
      { experimentId: id, name: "mnist", digest: "d1", context: "train" },
    ]);
  });
});

it("history comes in pages whose tokens go on where the last one ended", async () => {
  const runId = await newRun();
  await tracking.logBatch(caller, {
    runId,
    metrics: Array.from({ length: 10 }, (_, i) => ({ key: "m", value: i, timestamp: 10 - i, step: i })),
  });
  const values: number[] = [];
  let pageToken: string | undefined;
  do {
    const page = await tracking.getMetricHistory(caller, { runId, key: "m", maxResults: 4, pageToken });
    values.push(...page.points.values);
    pageToken = page.nextPageToken;
  } while (pageToken);
  expect(values).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
  await expect(tracking.getMetricHistory(caller, { runId, key: "m", pageToken: "nonsense" })).rejects.toThrow(
    "Invalid page token",
  );
});

it("a database that is away, and ids it cannot hold, are said to be so", async () => {
  await expect(tracking.getRun(caller, "a\0b")).rejects.toMatchObject({ code: "invalid_argument" });
  const away = await createTrackingTestService();
  await away.database.close();
  for (const ask of [
    away.tracking.getRun(caller, "x"),
    away.tracking.getMetricStatistics(caller, ["x"]),
    away.tracking.createExperiment(caller, { name: "x" }),
    away.tracking.searchRuns(caller, { experimentIds: ["0"], viewType: "ALL", maxResults: 1 }),
  ])
    await expect(ask).rejects.toMatchObject({ code: "unavailable", retryAfterSeconds: 1 });
});

describe("the change feed", () => {
  it("tells listeners of what concerns them, writes of points included, and of breaks", async () => {
    const feed = createChangeFeed({ database: service.database });
    const runId = await newRun();
    const stop = new AbortController();
    const heard: string[] = [];
    let wake = (): void => {};
    const until = async (kind: string): Promise<void> => {
      while (!heard.includes(kind)) await new Promise<void>((resolve) => (wake = resolve));
    };
    feed.subscribe(
      { workspace: "default", runId },
      (change) => {
        heard.push(change.kind);
        wake();
      },
      stop.signal,
    );
    await until("run");
    heard.length = 0;
    await tracking.logMetric(caller, runId, { key: "m", value: 1, timestamp: 1, step: 1 });
    await until("metrics");
    await tracking.setTag(caller, runId, { key: "t", value: "1" });
    await until("run");
    heard.length = 0;
    await service.database.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = current_database()",
    );
    await until("run");
    stop.abort();
    await feed.close();
  });
});
