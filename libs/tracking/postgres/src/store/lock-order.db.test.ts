import { localOwner } from "@runweir/identity-domain";
import type { Tracking } from "@runweir/tracking-domain";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTrackingTestService } from "../../testing/tracking-test-service.ts";

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

interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/**
 * Another connection takes its first lock, `work` begins and waits for it, and then the other one takes its second. If `work`
 * holds that one already, the database ends one of the two.
 */
async function meet(first: Statement, work: () => Promise<unknown>, second: Statement): Promise<void> {
  const { database } = service;
  let working: Promise<unknown> | undefined;
  await database.transaction(async (client) => {
    await client.query(first.text, [...first.values]);
    working = work();
    working.catch(() => {});
    await expect
      .poll(
        () =>
          database.query(
            "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
          ),
        { interval: 5, timeout: 20_000 },
      )
      .toHaveLength(1);
    await client.query(second.text, [...second.values]);
  });
  await working;
}

const inRun = (runId: string, text: string, ...values: unknown[]): Statement => ({
  text: `WITH r AS (SELECT * FROM tracking.run WHERE run_id = $1) ${text}`,
  values: [runId, ...values],
});

const upsertTag = (runId: string) =>
  inRun(
    runId,
    `INSERT INTO tracking.run_tag (run_no, key, value) SELECT run_no, 'mlflow.runName', 'theirs' FROM r
     ON CONFLICT (run_no, key) DO UPDATE SET value = EXCLUDED.value`,
  );

describe("two writers do not wait for each other", () => {
  it("when a run is renamed by field and by tag", async () => {
    const runId = await newRun();
    await meet(
      { text: "UPDATE tracking.run SET run_name = 'theirs' WHERE run_id = $1", values: [runId] },
      () => tracking.setTag(caller, runId, { key: "mlflow.runName", value: "ours" }),
      upsertTag(runId),
    );
    const { info, tags } = await tracking.getRun(caller, runId);
    expect(info.runName).toBe("ours");
    expect(tags).toContainEqual({ key: "mlflow.runName", value: "ours" });
  });

  it("when runs have the same new datasets in another order", async () => {
    const runId = await newRun();
    const insert = (name: string): Statement => ({
      text: `INSERT INTO tracking.dataset (experiment_id, name, digest, source_type, source) VALUES (0, $1, 'd', 'local', '{}')`,
      values: [name],
    });
    const input = (name: string) => ({
      dataset: { name, digest: "d", sourceType: "local", source: "{}" },
      tags: [],
    });
    await meet(
      insert("a"),
      () => tracking.logInputs(caller, { runId, datasets: [input("b"), input("a")] }),
      insert("b"),
    );
    const { datasetInputs } = await tracking.getRun(caller, runId);
    expect(datasetInputs.map(({ dataset }) => dataset.name).sort()).toEqual(["a", "b"]);
  });

  it("when a run has the same new outputs in another order", async () => {
    const runId = await newRun();
    const models = await Promise.all(
      [1, 2].map(() => tracking.createLoggedModel(caller, { experimentId: "0" })),
    );
    const [a = "", b = ""] = models.map(({ modelId }) => modelId).sort();
    const insert = (modelId: string) =>
      inRun(
        runId,
        "INSERT INTO tracking.run_model (run_no, direction, model_id, step) SELECT run_no, 'output', $2, 1 FROM r",
        modelId,
      );
    await meet(
      insert(a),
      () =>
        tracking.logOutputs(caller, runId, [
          { modelId: b, step: 1 },
          { modelId: a, step: 1 },
        ]),
      insert(b),
    );
  });

  it("when a tag of an experiment is set and deleted", async () => {
    const id = await tracking.createExperiment(caller, { name: "locked" });
    await tracking.setExperimentTag(caller, id, { key: "t", value: "1" });
    await meet(
      { text: "UPDATE tracking.experiment SET last_update_time = 1 WHERE experiment_id = $1", values: [id] },
      () => tracking.deleteExperimentTag(caller, id, "t"),
      {
        text: "UPDATE tracking.experiment_tag SET value = '2' WHERE experiment_id = $1 AND key = 't'",
        values: [id],
      },
    );
    expect((await tracking.getExperiment(caller, id)).tags).toEqual([]);
  });

  it("when a tag of a logged model is set and deleted", async () => {
    const { modelId } = await tracking.createLoggedModel(caller, { experimentId: "0" });
    await tracking.setLoggedModelTags(caller, modelId, [{ key: "t", value: "1" }]);
    await meet(
      {
        text: "UPDATE tracking.logged_model SET last_update_time = 1 WHERE model_id = $1",
        values: [modelId],
      },
      () => tracking.deleteLoggedModelTag(caller, modelId, "t"),
      {
        text: `UPDATE tracking.logged_model_tag t SET value = '2' FROM tracking.logged_model m
               WHERE m.model_no = t.model_no AND m.model_id = $1 AND t.key = 't'`,
        values: [modelId],
      },
    );
    expect((await tracking.getLoggedModel(caller, modelId)).tags).toEqual([]);
  });
});
