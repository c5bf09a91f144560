import { localOwner } from "@runweir/identity-domain";
import { createTrackingOver } from "@runweir/ingest-app";
import type { PointBatch } from "@runweir/ingest-domain";
import type { Database } from "@runweir/postgres";
import { createRegistry } from "@runweir/registry-domain";
import { createRegistryStore } from "@runweir/registry-postgres";
import { createDirectLog, createTrackingStore } from "@runweir/tracking-postgres";

const oddKey = "k/ü: x_-.";
export const oddName = `a/b "ü" 'x' 😀\\ {1}`;

/** Everything that there is to transfer, through the service that everybody writes to. */
export async function fillRunweir(database: Database, options: { readonly pointsOfLongRun: number }) {
  const store = createTrackingStore({ database });
  const tracking = createTrackingOver(database)(store);
  const log = createDirectLog({ database });
  const caller = localOwner("filler");
  const { workspace } = caller;
  const send = (runId: string, points: PointBatch) => log.append({ workspace, runId, points });

  const odd = await tracking.createExperiment(caller, {
    name: oddName,
    tags: [{ key: oddKey, value: oddName }],
  });
  const gone = await tracking.createExperiment(caller, { name: "gone" });
  const elsewhere = await tracking.createExperiment(caller, {
    name: "elsewhere",
    artifactLocation: "s3://team/place",
  });
  const runOf = async (experimentId: string, tags: readonly { key: string; value: string }[] = []) =>
    (await tracking.createRun(caller, { experimentId, startTime: 1_790_000_000_123, tags, userId: "ü" })).info
      .runId;

  const parent = await runOf(odd);
  const child = await runOf(odd, [{ key: "mlflow.parentRunId", value: parent }]);
  const long = await runOf("0");
  const deleted = await runOf("0");
  const ofGone = await runOf(gone);
  const empty = await runOf(elsewhere);

  await tracking.logBatch(caller, {
    runId: parent,
    params: [
      { key: oddKey, value: oddName },
      { key: "lr", value: "1e-3" },
      { key: "empty", value: "" },
    ],
    tags: [{ key: "note", value: "line\nbreak" }],
  });
  const model = await tracking.createLoggedModel(caller, {
    experimentId: odd,
    name: "m",
    modelType: "net",
    sourceRunId: parent,
    params: [{ key: "depth", value: "3" }],
    tags: [{ key: "stage", value: oddName }],
  });
  await tracking.finalizeLoggedModel(caller, model.modelId, "READY");
  const dataset = { name: oddName, digest: "d1", sourceType: "local", source: "s", schema: '{"a":1}' };
  await tracking.logInputs(caller, {
    runId: parent,
    datasets: [{ dataset, tags: [{ key: "mlflow.data.context", value: "training" }] }],
    models: [{ modelId: model.modelId }],
  });
  await tracking.logOutputs(caller, child, [{ modelId: model.modelId, step: 7 }]);
  await tracking.logBatch(caller, {
    runId: child,
    metrics: [
      {
        key: "acc",
        value: Number.NaN,
        timestamp: 5,
        step: 1,
        modelId: model.modelId,
        datasetName: oddName,
        datasetDigest: "d1",
      },
      { key: "acc", value: 0.5, timestamp: 6, step: 2, modelId: model.modelId },
    ],
  });

  // Not finite, repeated, late and out of order; the same step and time with several values; beyond 32 bits.
  const values = [1, Number.NaN, Number.POSITIVE_INFINITY, -1, Number.NEGATIVE_INFINITY, 1, 0.1, 2 ** 53];
  await send(
    parent,
    batch("x/y ü", [5, 3, 4, -9, 2 ** 53 - 1, 5, 3, 0], [9, 1, 9_007_199_254_740_991, 0, 7, 9, 1, 0], values),
  );
  await send(parent, batch("x/y ü", [5, 1], [9, 1], [1, Number.NaN]));
  await send(child, batch("loss", [1, 1, 1], [1, 1, 1], [Number.NaN, 2, -3]));
  await send(deleted, batch("loss", [1], [1], [1]));
  await send(ofGone, batch("loss", [1], [1], [1]));
  const count = options.pointsOfLongRun;
  const steps = Array.from({ length: count }, (_, i) => i);
  await send(
    long,
    batch(
      "long",
      steps,
      steps,
      steps.map((i) => Math.sin(i / 100)),
    ),
  );
  await send(long, batch("few", [1], [1], [1]));
  await tracking.updateRun(caller, { runId: parent, status: "FINISHED", endTime: 1_790_000_009_999 });
  await tracking.updateRun(caller, {
    runId: child,
    status: "FAILED",
    endTime: 1_790_000_001_000,
    runName: oddName,
  });
  const registry = createRegistry({
    store: createRegistryStore({ database }),
    tracking,
    clock: Date,
    allowedSources: undefined,
  });
  const name = "fraud ü";
  await registry.createModel(caller, {
    name,
    description: "# Card",
    tags: [{ key: oddKey, value: oddName }],
  });
  const { info } = await tracking.getRun(caller, parent);
  for (const source of [`${info.artifactUri}/model`, "s3://elsewhere/x", `${info.artifactUri}/model`])
    await registry.createVersion(caller, {
      name,
      source,
      runId: parent,
      runLink: "http://example.org/x",
      description: oddName,
      tags: [{ key: "k", value: oddName }],
    });
  await registry.setAlias(caller, name, "champion", "1");
  await registry.setAlias(caller, name, "newest", "3");
  await registry.transitionStage(caller, {
    name,
    version: "1",
    stage: "Production",
    archiveExistingVersions: false,
  });
  await registry.deleteVersion(caller, name, "2");
  await registry.createModel(caller, { name: "empty" });
  await tracking.deleteRun(caller, deleted);
  await tracking.deleteExperiment(caller, gone);
  await log.close();
  return { parent, child, long, deleted, ofGone, empty, odd, modelId: model.modelId };
}

export function batch(
  key: string,
  steps: readonly number[],
  timestamps: readonly number[],
  values: readonly number[],
): PointBatch {
  return {
    keys: [key],
    keyIndexes: new Uint32Array(steps.length),
    steps: Float64Array.from(steps),
    timestamps: Float64Array.from(timestamps),
    values: Float64Array.from(values),
  };
}
