import { localOwner } from "@runweir/identity-domain";
import type { Tracking } from "@runweir/tracking-domain";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTrackingTestService } from "../../testing/tracking-test-service.ts";

let service: Awaited<ReturnType<typeof createTrackingTestService>>;
let tracking: Tracking;
const caller = localOwner("test");
const stranger = { ...caller, workspace: "elsewhere" };

beforeAll(async () => {
  service = await createTrackingTestService();
  ({ tracking } = service);
});
afterAll(() => service.drop());

async function newRun(experimentId: string): Promise<string> {
  return (await tracking.createRun(caller, { experimentId })).info.runId;
}

describe("logged models", () => {
  it("know every version made of them, however many are made at once", async () => {
    const { modelId } = await tracking.createLoggedModel(caller, { experimentId: "0" });
    const tag = async () =>
      (await tracking.getLoggedModel(caller, modelId)).tags.find(({ key }) => key === "mlflow.modelVersions")
        ?.value;
    await tracking.setLoggedModelTags(caller, modelId, [{ key: "mlflow.modelVersions", value: "[by hand]" }]);
    await tracking.recordModelVersion(caller, modelId, { name: 'a "b"', version: 1 });
    expect(await tag()).toBe('[{"name": "a \\"b\\"", "version": 1}]');
    await tracking.setLoggedModelTags(caller, modelId, [{ key: "mlflow.modelVersions", value: "[]" }]);
    await tracking.recordModelVersion(caller, modelId, { name: "é😀\n", version: 1 });
    // json.dumps([{"name": "é😀\n", "version": 1}])
    expect(await tag()).toBe('[{"name": "\\u00e9\\ud83d\\ude00\\n", "version": 1}]');
    const versions = [2, 3, 4, 5, 6, 7, 8];
    await Promise.all(
      versions.map((version) => tracking.recordModelVersion(caller, modelId, { name: "m", version })),
    );
    const listed = JSON.parse((await tag()) ?? "") as readonly { readonly version: number }[];
    expect(listed.map(({ version }) => version).sort((a, b) => a - b)).toEqual([1, ...versions]);
    await expect(
      tracking.recordModelVersion(stranger, modelId, { name: "m", version: 9 }),
    ).rejects.toMatchObject({ code: "not_found" });
  });

  it("live from pending to deleted, found by their metrics on a dataset", async () => {
    const experimentId = await tracking.createExperiment(caller, { name: "models" });
    const runId = await newRun(experimentId);
    const models = await Promise.all(
      ["good", "bad"].map((name) =>
        tracking.createLoggedModel(caller, {
          experimentId,
          name,
          sourceRunId: runId,
          params: [{ key: "depth", value: "3" }],
        }),
      ),
    );
    const [good, bad] = models as [(typeof models)[0], (typeof models)[0]];
    expect(good).toMatchObject({
      status: "PENDING",
      artifactUri: `mlflow-artifacts:/${experimentId}/models/${good.modelId}/artifacts`,
    });
    await tracking.finalizeLoggedModel(caller, good.modelId, "READY");
    for (const [model, value] of [
      [good, 0.9],
      [bad, 0.1],
    ] as const)
      await tracking.logBatch(caller, {
        runId,
        metrics: [0, 1].map((step) => ({
          key: "acc",
          value: step === 1 ? value : Number.NaN,
          timestamp: 1,
          step,
          modelId: model.modelId,
          datasetName: "test",
          datasetDigest: "d",
        })),
      });
    const search = (input: Partial<Parameters<Tracking["searchLoggedModels"]>[1]>) =>
      tracking
        .searchLoggedModels(caller, { experimentIds: [experimentId], ...input })
        .then((page) => page.items.map((model) => model.name));
    expect(await search({ orderBy: [{ fieldName: "metrics.acc", ascending: false }] })).toEqual([
      "good",
      "bad",
    ]);
    expect(await search({ filter: "metrics.acc > 0.5" })).toEqual(["good"]);
    expect(await search({ filter: "metrics.acc > 0.5", datasets: [{ name: "other" }] })).toEqual([]);
    expect(await search({ filter: "params.depth = '3' AND status = 'READY'" })).toEqual(["good"]);
    expect(
      await search({ orderBy: [{ fieldName: "metrics.acc", ascending: true, datasetName: "test" }] }),
    ).toEqual(["bad", "good"]);
    expect((await tracking.getLoggedModel(caller, good.modelId)).metrics).toMatchObject([
      { key: "acc", value: 0.9, step: 1, runId, datasetName: "test" },
    ]);

    await tracking.setLoggedModelTags(caller, good.modelId, [{ key: "t", value: "1" }]);
    await tracking.deleteLoggedModelTag(caller, good.modelId, "t");
    await expect(tracking.deleteLoggedModelTag(caller, good.modelId, "t")).rejects.toThrow(
      "No tag with key 't'",
    );
    await tracking.logLoggedModelParams(caller, good.modelId, [{ key: "depth", value: "3" }]);
    await expect(
      tracking.logLoggedModelParams(caller, good.modelId, [{ key: "depth", value: "4" }]),
    ).rejects.toThrow("Changing param values is not allowed.");
    await tracking.logOutputs(caller, runId, [{ modelId: good.modelId, step: 3 }]);
    await tracking.logInputs(caller, { runId, models: [{ modelId: bad.modelId }] });
    expect(await tracking.getRun(caller, runId)).toMatchObject({
      modelInputs: [{ modelId: bad.modelId }],
      modelOutputs: [{ modelId: good.modelId, step: 3 }],
    });
    await tracking.deleteLoggedModel(caller, good.modelId);
    await expect(tracking.getLoggedModel(caller, good.modelId)).rejects.toThrow(
      `Logged model with ID '${good.modelId}' not found.`,
    );
    await expect(
      tracking.logMetric(caller, runId, { key: "x", value: 1, timestamp: 1, step: 1, modelId: good.modelId }),
    ).rejects.toThrow("not found");
  });

  it.each(["", "a/b", "a:b", "a.b", "50%", '"', "'"])("refuse the name %j", async (name) => {
    await expect(tracking.createLoggedModel(caller, { experimentId: "0", name })).rejects.toThrow(
      "Invalid model name",
    );
  });
});
