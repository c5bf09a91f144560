import { type Caller, type Grant, localOwner, noRights, type Rights } from "@runweir/identity-domain";
import { beforeEach, describe, expect, test } from "vitest";
import type { Tracking } from "../tracking.ts";
import { createExperimentGate } from "./experiment-gate.ts";
import { guardTracking } from "./guard-tracking.ts";
import type { OwnershipStore } from "./ownership-store.ts";

const experiments: Record<string, string> = { "1": "team-a/mnist", "2": "team-b/fraud" };
const runs: Record<string, string> = { "run-1": "1", "run-2": "2" };
const models: Record<string, string> = { "m-1": "1", "m-2": "2" };
const asked: string[] = [];
const clock = { time: 0, now: () => clock.time };

const store: OwnershipStore = {
  async findExperimentsOf(_workspace, kind, ids) {
    asked.push(`${kind} ${ids}`);
    const owners = kind === "run" ? runs : models;
    return new Map(ids.flatMap((id) => (owners[id] === undefined ? [] : [[id, owners[id]]])));
  },
  async findExperimentNames(_workspace, ids) {
    asked.push(`names ${ids}`);
    return new Map(ids.flatMap((id) => (experiments[id] === undefined ? [] : [[id, experiments[id]]])));
  },
  async findExperimentByName(_workspace, name) {
    const [experimentId] = Object.entries(experiments).find(([, one]) => one === name) ?? [];
    return experimentId === undefined ? undefined : { experimentId };
  },
};

let tracking: Tracking;

beforeEach(() => {
  asked.length = 0;
  // Every method answers what it was asked; the guard is what is tested.
  const bare = Object.fromEntries(
    Object.keys(everything).map((name) => [
      name,
      async (_caller: Caller, ...rest: unknown[]) => [name, ...rest],
    ]),
  ) as unknown as Tracking;
  tracking = guardTracking(bare, { gate: createExperimentGate({ store, clock }) });
});

function ann(rights: Partial<Rights>): Caller {
  return {
    ...localOwner("r"),
    principal: { kind: "user", id: "u1", name: "ann" },
    rights: { ...noRights, ...rights },
  };
}

function grant(part: Partial<Grant> & Pick<Grant, "target">): Grant {
  return { grantId: "g", effect: "allow", level: "read", holder: { kind: "everyone" }, ...part };
}

type Asks = (as: Caller, experiment: "1" | "2") => Promise<unknown>;

const metric = { key: "loss", value: 1, timestamp: 0, step: 0 };
const page = { viewType: "ALL", maxResults: 1 } as const;

/** One question per method, about something of experiment 1 or 2; the level that it takes there. */
const everything: { readonly [Name in keyof Tracking]: readonly ["read" | "edit" | "manage" | "any", Asks] } =
  {
    createExperiment: ["any", (as) => tracking.createExperiment(as, { name: "new" })],
    getExperiment: ["read", (as, id) => tracking.getExperiment(as, id)],
    getExperimentByName: ["read", (as, id) => tracking.getExperimentByName(as, experiments[id] ?? "")],
    searchExperiments: ["any", (as) => tracking.searchExperiments(as, page)],
    deleteExperiment: ["manage", (as, id) => tracking.deleteExperiment(as, id)],
    restoreExperiment: ["manage", (as, id) => tracking.restoreExperiment(as, id)],
    renameExperiment: ["edit", (as, id) => tracking.renameExperiment(as, id, "new")],
    setExperimentTag: ["edit", (as, id) => tracking.setExperimentTag(as, id, { key: "k", value: "v" })],
    deleteExperimentTag: ["edit", (as, id) => tracking.deleteExperimentTag(as, id, "k")],
    createRun: ["edit", (as, id) => tracking.createRun(as, { experimentId: id })],
    ensureRun: [
      "edit",
      (as, id) => tracking.ensureRun(as, { experimentId: id, runId: "new", defaultStartTime: 0 }),
    ],
    updateRun: ["edit", (as, id) => tracking.updateRun(as, { runId: `run-${id}` })],
    deleteRun: ["manage", (as, id) => tracking.deleteRun(as, `run-${id}`)],
    restoreRun: ["manage", (as, id) => tracking.restoreRun(as, `run-${id}`)],
    getRun: ["read", (as, id) => tracking.getRun(as, `run-${id}`)],
    getRunInfo: ["read", (as, id) => tracking.getRunInfo(as, `run-${id}`)],
    searchRuns: ["any", (as, id) => tracking.searchRuns(as, { experimentIds: [id], ...page })],
    logBatch: ["edit", (as, id) => tracking.logBatch(as, { runId: `run-${id}`, metrics: [metric] })],
    logMetric: ["edit", (as, id) => tracking.logMetric(as, `run-${id}`, metric)],
    logParam: ["edit", (as, id) => tracking.logParam(as, `run-${id}`, { key: "k", value: "v" })],
    setTag: ["edit", (as, id) => tracking.setTag(as, `run-${id}`, { key: "k", value: "v" })],
    deleteTag: ["edit", (as, id) => tracking.deleteTag(as, `run-${id}`, "k")],
    logInputs: ["edit", (as, id) => tracking.logInputs(as, { runId: `run-${id}` })],
    logOutputs: ["edit", (as, id) => tracking.logOutputs(as, `run-${id}`, [])],
    recordLoggedModelJson: ["edit", (as, id) => tracking.recordLoggedModelJson(as, `run-${id}`, "{}")],
    getMetricHistory: ["read", (as, id) => tracking.getMetricHistory(as, { runId: `run-${id}`, key: "k" })],
    getMetricHistoryInterval: [
      "read",
      (as, id) => tracking.getMetricHistoryInterval(as, { runIds: [`run-${id}`], key: "k", maxResults: 1 }),
    ],
    getMetricStatistics: ["read", (as, id) => tracking.getMetricStatistics(as, [`run-${id}`])],
    getChart: [
      "read",
      (as, id) => tracking.getChart(as, { runIds: [`run-${id}`], keys: ["k"], axis: "step", buckets: 1 }),
    ],
    getDelivery: ["read", (as, id) => tracking.getDelivery(as, `run-${id}`)],
    searchDatasets: ["read", (as, id) => tracking.searchDatasets(as, [id])],
    createLoggedModel: ["edit", (as, id) => tracking.createLoggedModel(as, { experimentId: id })],
    getLoggedModel: ["read", (as, id) => tracking.getLoggedModel(as, `m-${id}`)],
    finalizeLoggedModel: ["edit", (as, id) => tracking.finalizeLoggedModel(as, `m-${id}`, "READY")],
    deleteLoggedModel: ["manage", (as, id) => tracking.deleteLoggedModel(as, `m-${id}`)],
    searchLoggedModels: ["any", (as, id) => tracking.searchLoggedModels(as, { experimentIds: [id] })],
    setLoggedModelTags: ["edit", (as, id) => tracking.setLoggedModelTags(as, `m-${id}`, [])],
    deleteLoggedModelTag: ["edit", (as, id) => tracking.deleteLoggedModelTag(as, `m-${id}`, "k")],
    recordModelVersion: [
      "edit",
      (as, id) => tracking.recordModelVersion(as, `m-${id}`, { name: "fraud", version: 1 }),
    ],
    logLoggedModelParams: ["edit", (as, id) => tracking.logLoggedModelParams(as, `m-${id}`, [])],
    listKeys: ["read", (as, id) => tracking.listKeys(as, [id])],
    countRuns: ["any", (as, id) => tracking.countRuns(as, { experimentIds: [id], viewType: "ALL" })],
  };

describe.each(Object.entries(everything))("%s", (name, [needed, ask]) => {
  const held = ["read", "edit", "manage"] as const;
  const reach = (level: (typeof held)[number]) =>
    needed !== "any" && held.indexOf(level) >= held.indexOf(needed);

  test.each(held)("with a grant to %s one experiment, by its id or its name", async (level) => {
    const byId = grant({ level, target: { on: "experiment", experimentId: "1" } });
    const byName = grant({ level, target: { on: "experiment", pattern: "team-a/*" } });
    // To rename is to need the new name too, which no grant by name is about.
    const everywhere = grant({ level, target: { on: "experiment", pattern: "new" } });
    for (const grants of [[byId], [byName, everywhere]]) {
      const caller = ann({ role: "guest", grants });
      expect(await isAllowed(ask(caller, "1"))).toBe(
        needed === "any" ? name !== "createExperiment" : reach(level),
      );
      if (needed !== "any") expect(await isAllowed(ask(caller, "2"))).toBe(false);
    }
  });

  test("denied on one experiment, whatever the role", async () => {
    const denied = grant({ effect: "deny", target: { on: "experiment", experimentId: "1" } });
    const caller = ann({ role: "admin", grants: [denied] });
    expect(await isAllowed(ask(caller, "1"))).toBe(needed === "any");
    expect(await isAllowed(ask(caller, "2"))).toBe(true);
  });

  test("with a token for one experiment", async () => {
    const caller = ann({ administrator: true, scope: { access: "all", experimentIds: ["2"] } });
    if (needed !== "any") expect(await isAllowed(ask(caller, "1"))).toBe(false);
    expect(await isAllowed(ask(caller, "2"))).toBe(name !== "createExperiment");
  });

  test("costs those who may do it to all no question", async () => {
    await ask(localOwner("r"), "1");
    await ask(ann({ role: "admin" }), "1");
    expect(asked).toEqual([]);
  });
});

async function isAllowed(work: Promise<unknown>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (error) {
    expect(error).toMatchObject({
      code: "permission_denied",
      message: expect.stringMatching(/^Permission denied: /),
    });
    expect((error as Error).message).not.toContain("mnist");
    return false;
  }
}

test("logging asks once whose a run is, and for its name at most once a second", async () => {
  const caller = ann({
    grants: [grant({ level: "edit", target: { on: "experiment", pattern: "team-a/*" } })],
  });
  for (let i = 0; i < 50; i += 1) await tracking.logBatch(caller, { runId: "run-1", metrics: [metric] });
  expect(asked).toEqual(["run run-1", "names 1"]);
  experiments["1"] = "team-b/mnist";
  clock.time += 1_000;
  await expect(tracking.logBatch(caller, { runId: "run-1" })).rejects.toMatchObject({
    code: "permission_denied",
  });
  experiments["1"] = "team-a/mnist";
});

test("what was allowed before is asked again of others, of other rights, and of anything else", async () => {
  const target = { on: "experiment", experimentId: "1" } as const;
  const caller = ann({ grants: [grant({ level: "edit", target })] });
  const log = (as: Caller, runId = "run-1") => tracking.logBatch(as, { runId, metrics: [metric] });
  for (let i = 0; i < 3; i += 1) await log(caller);
  const denied = { code: "permission_denied" };
  await expect(log(caller, "run-2")).rejects.toMatchObject(denied);
  await expect(tracking.deleteRun(caller, "run-1")).rejects.toMatchObject(denied);
  await expect(log(ann({ grants: [grant({ level: "read", target })] }))).rejects.toMatchObject(denied);
  await expect(
    log({ ...caller, rights: { ...caller.rights, scope: { access: "read" } } }),
  ).rejects.toMatchObject(denied);
  await log(caller);
});

test("no other spelling of an id gets past a denial", async () => {
  const denied = grant({ effect: "deny", target: { on: "experiment", experimentId: "1" } });
  const caller = ann({ role: "editor", grants: [denied] });
  for (const id of ["1", "01", "+1", " 1 "])
    await expect(tracking.getExperiment(caller, id)).rejects.toMatchObject({ code: "permission_denied" });
});

test("one experiment among many that may not be read refuses the whole question", async () => {
  const caller = ann({ grants: [grant({ target: { on: "experiment", experimentId: "1" } })] });
  await expect(tracking.searchDatasets(caller, ["1", "2"])).rejects.toMatchObject({
    code: "permission_denied",
  });
  await expect(tracking.getMetricStatistics(caller, ["run-1", "run-2"])).rejects.toMatchObject({
    code: "permission_denied",
  });
  await tracking.getMetricStatistics(caller, ["run-1", "gone"]);
});

test("what is not there is told to whoever may ask, and a name that nobody has to nobody who may not read it", async () => {
  const caller = ann({ grants: [grant({ target: { on: "experiment", pattern: "team-a/*" } })] });
  await expect(tracking.getRun(caller, "gone")).rejects.toMatchObject({ code: "not_found" });
  await expect(tracking.getExperiment(caller, "9")).rejects.toMatchObject({ code: "not_found" });
  const [absent, present] = await Promise.allSettled(
    ["team-b/none", "team-b/fraud"].map((name) => tracking.getExperimentByName(caller, name)),
  );
  const words = (result: typeof absent) =>
    result?.status === "rejected" ? result.reason.message : undefined;
  expect(words(absent)).toMatch(/^Permission denied/);
  expect(words(absent)).toBe(words(present));
  await tracking.getExperimentByName(caller, "team-a/none");
});

test("a metric on a logged model takes both the run and the model", async () => {
  const caller = ann({ grants: [grant({ level: "edit", target: { on: "experiment", experimentId: "1" } })] });
  await tracking.logMetric(caller, "run-1", { ...metric, modelId: "m-1" });
  await expect(tracking.logMetric(caller, "run-1", { ...metric, modelId: "m-2" })).rejects.toMatchObject({
    code: "permission_denied",
  });
});

test("a run that is another experiment's already is not made under one's own", async () => {
  const caller = ann({ grants: [grant({ level: "edit", target: { on: "experiment", experimentId: "1" } })] });
  await expect(
    tracking.ensureRun(caller, { experimentId: "1", runId: "run-2", defaultStartTime: 0 }),
  ).rejects.toMatchObject({ code: "permission_denied" });
});

test("nobody gives themselves more by giving an experiment another name", async () => {
  const caller = ann({
    role: "editor",
    grants: [
      grant({ level: "manage", target: { on: "experiment", pattern: "ann/*" } }),
      grant({ effect: "deny", level: "edit", target: { on: "experiment", pattern: "team-b/*" } }),
    ],
  });
  await tracking.renameExperiment(caller, "1", "team-c/mnist");
  for (const name of ["ann/mnist", "team-b/mnist"])
    await expect(tracking.renameExperiment(caller, "1", name)).rejects.toMatchObject({
      code: "permission_denied",
    });
});

test("ingest tokens log, and neither read nor destroy", async () => {
  const caller = ann({ role: "admin", scope: { access: "ingest" } });
  const log = new Set(["createRun", "ensureRun", "updateRun", "logBatch", "logMetric", "logParam", "setTag"]);
  for (const name of ["logInputs", "logOutputs", "recordLoggedModelJson", "createLoggedModel"]) log.add(name);
  for (const name of ["finalizeLoggedModel", "setLoggedModelTags", "logLoggedModelParams"]) log.add(name);
  for (const [name, [, ask]] of Object.entries(everything))
    expect([name, await isAllowed(ask(caller, "1"))]).toEqual([name, log.has(name)]);
});

test("searches take along what the caller may read, whatever the door says", async () => {
  const caller = ann({ grants: [grant({ target: { on: "experiment", pattern: "team-a/*" } })] });
  expect(await tracking.searchExperiments(caller, { ...page, visible: "all" })).toMatchObject([
    "searchExperiments",
    { visible: { allow: { ids: [], patterns: ["team-a/*"] } } },
  ]);
});

test("searches leave out the experiments that the caller may not read, and such as are not there", async () => {
  const experimentIds = ["2", "1", "3"];
  const searches = (caller: Caller) =>
    Promise.all([
      tracking.searchRuns(caller, { experimentIds, ...page }),
      tracking.countRuns(caller, { experimentIds, viewType: "ALL" }),
      tracking.searchLoggedModels(caller, { experimentIds }),
    ]);
  const byName = ann({ grants: [grant({ target: { on: "experiment", pattern: "team-a/*" } })] });
  for (const answer of await searches(byName))
    expect(answer).toMatchObject([expect.any(String), { experimentIds: ["1"] }]);
  const denied = ann({
    role: "viewer",
    grants: [grant({ effect: "deny", target: { on: "experiment", pattern: "team-a/*" } })],
  });
  for (const answer of await searches(denied))
    expect(answer).toMatchObject([expect.any(String), { experimentIds: ["2"] }]);
  const ofAnother = ann({ administrator: true, scope: { access: "all", experimentIds: ["4"] } });
  for (const answer of await searches(ofAnother))
    expect(answer).toMatchObject([expect.any(String), { experimentIds: [] }]);
});
