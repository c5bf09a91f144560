import { DomainError } from "@runweir/errors";
import type { Caller } from "@runweir/identity-domain";
import type { Tag } from "../experiment.ts";
import { type LatestMetric, type Run, type RunInfo, runNameTag } from "../run.ts";
import type { Tracking } from "../tracking.ts";
import { checkTags } from "../validation/check-batch.ts";
import { requireExperimentId } from "../validation/check-experiment-id.ts";
import { invalidValue, requireText } from "../validation/check-text.ts";
import { limits } from "../validation/limits.ts";
import type { TrackingDependencies } from "./dependencies.ts";
import {
  experimentNotFound,
  requireActiveExperiment,
  requireRun,
  runDeleted,
  runNotFound,
} from "./find-or-refuse.ts";
import { randomName } from "./random-name.ts";

type CreateRunInput = Parameters<Tracking["createRun"]>[1];
type RunMethods = Pick<
  Tracking,
  "createRun" | "ensureRun" | "updateRun" | "deleteRun" | "restoreRun" | "getRun" | "getRunInfo"
>;

/** Where newer clients say who runs; the field is what older ones fill. */
const userTag = "mlflow.user";

export function runService(dependencies: TrackingDependencies): RunMethods {
  const { store, metricReader, clock } = dependencies;

  function newRun({ principal }: Caller, runId: string, input: CreateRunInput) {
    const given = checkTags(input.tags ?? [], (i) => `tags[${i}].`);
    const runName = chooseRunName(input.runName, given, dependencies.random);
    const tags = [...given.filter((tag) => tag.key !== runNameTag), { key: runNameTag, value: runName }];
    const run = {
      runId,
      runName,
      experimentId: requireExperimentId(input.experimentId),
      userId: requireText("user_id", input.userId ?? tagValue(given, userTag) ?? principal.id, limits.userId),
      status: "RUNNING" as const,
      startTime: checkTime("start_time", input.startTime) ?? clock.now(),
      endTime: null,
      lifecycleStage: "active" as const,
    };
    return { run, tags };
  }

  return {
    async createRun(caller, input) {
      const { workspace } = caller;
      const { run, tags } = newRun(caller, dependencies.newId(), input);
      const info = await store.createRun(workspace, run, tags);
      if (!info) {
        await requireActiveExperiment(store, workspace, input.experimentId);
        throw experimentNotFound(input.experimentId);
      }
      return { info, tags, metrics: [], params: [], datasetInputs: [], modelInputs: [], modelOutputs: [] };
    },

    async ensureRun(caller, input) {
      const { workspace } = caller;
      const runId = requireRunId(input.runId);
      const { defaultStartTime, startTime = defaultStartTime } = input;
      const { run, tags } = newRun(caller, runId, { ...input, startTime });
      const made = await store.createRun(workspace, run, tags);
      if (made) return made;
      const info = await store.findRunInfo(workspace, runId);
      if (info) return requireSameRun(info, run, input);
      await requireActiveExperiment(store, workspace, input.experimentId);
      throw runTaken(runId);
    },

    async updateRun({ workspace }, { runId, status, endTime, runName }) {
      const info = await store.updateRun(workspace, runId, {
        status,
        endTime: checkTime("end_time", endTime),
        runName: runName ? requireText("run_name", runName, limits.runName) : undefined,
      });
      if (info) return info;
      await requireRun(store, workspace, runId);
      throw runDeleted(runId);
    },

    async deleteRun({ workspace }, runId) {
      await requireRun(store, workspace, runId);
      await store.moveRun(workspace, runId, "deleted", clock.now());
    },

    async restoreRun({ workspace }, runId) {
      await requireRun(store, workspace, runId);
      await store.moveRun(workspace, runId, "active", clock.now());
    },

    getRunInfo: ({ workspace }, runId) => requireRun(store, workspace, runId),

    async getRun({ workspace }, runId, { metrics = true } = {}): Promise<Run> {
      const [run, statistics] = await Promise.all([
        store.findRun(workspace, runId),
        metrics ? metricReader.statistics([runId]) : undefined,
      ]);
      if (!run) throw runNotFound(runId);
      return { ...run, metrics: (statistics?.get(runId) ?? []).map(latestOf) };
    },
  };
}

function requireRunId(runId: string): string {
  if (/^[0-9a-f]{32}$/.test(runId)) return runId;
  throw invalidValue("run_id", runId, "It must be 32 lower-case hexadecimal digits.");
}

/** Only what cannot change after a run was created is compared, and only where the caller said it. */
function requireSameRun(info: RunInfo, run: Omit<RunInfo, "artifactUri">, given: CreateRunInput): RunInfo {
  const differing = [
    info.experimentId === run.experimentId ? undefined : `experiment ${info.experimentId}`,
    given.startTime === undefined || info.startTime === run.startTime
      ? undefined
      : `start time ${info.startTime}`,
    given.userId === undefined || info.userId === run.userId
      ? undefined
      : `user ${JSON.stringify(info.userId)}`,
  ].filter((what) => what !== undefined);
  if (differing.length === 0) return info;
  throw runTaken(run.runId, `, with ${differing.join(" and ")}`);
}

function runTaken(runId: string, how = ""): DomainError {
  return new DomainError("already_exists", `Another run with id=${runId} exists already${how}.`, {
    field: "run_id",
  });
}

function latestOf({ key, last }: { key: string; last: Omit<LatestMetric, "key"> }): LatestMetric {
  return { key, value: last.value, timestamp: last.timestamp, step: last.step };
}

/** The name given, or the one in the tag, which must agree; else a random one. */
function chooseRunName(runName: string | undefined, tags: readonly Tag[], random: () => number): string {
  const fromTag = tagValue(tags, runNameTag);
  if (runName && fromTag && runName !== fromTag)
    throw new DomainError(
      "invalid_argument",
      "Both 'run_name' argument and 'mlflow.runName' tag are specified, but with different values " +
        `(run_name='${runName}', mlflow.runName='${fromTag}').`,
      { field: "run_name" },
    );
  return requireText("run_name", runName || fromTag || randomName(random), limits.runName);
}

function tagValue(tags: readonly Tag[], key: string): string | undefined {
  return tags.find((tag) => tag.key === key)?.value;
}

function checkTime(field: string, time: number | undefined): number | undefined {
  if (time === undefined || (Number.isSafeInteger(time) && time >= 0)) return time;
  throw invalidValue(field, time, "It must be a whole number of milliseconds since 1970.");
}
