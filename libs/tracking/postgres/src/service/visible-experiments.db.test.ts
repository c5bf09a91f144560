import { type Caller, decide, type Grant, localOwner, noRights, type Rights } from "@runweir/identity-domain";
import { createExperimentGate, guardTracking, type Tracking } from "@runweir/tracking-domain";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTrackingTestService } from "../../testing/tracking-test-service.ts";
import { createOwnershipStore } from "../index.ts";

let service: Awaited<ReturnType<typeof createTrackingTestService>>;
let guarded: Tracking;
const owner = localOwner("test");
const names = [
  "team-a/x",
  "team-a/y",
  "Team-a/x",
  "team_a/x",
  "team%a/x",
  "team\\a",
  "other",
  "line\nbreak",
  "é/x",
];
const ids = new Map<string, string>([["Default", "0"]]);

beforeAll(async () => {
  service = await createTrackingTestService();
  for (const name of names) ids.set(name, await service.tracking.createExperiment(owner, { name }));
  guarded = guardTracking(service.tracking, {
    gate: createExperimentGate({
      store: createOwnershipStore({ database: service.database }),
      clock: { now: Date.now },
    }),
  });
});
afterAll(() => service.drop());

function ann(rights: Partial<Rights>): Caller {
  return {
    ...owner,
    principal: { kind: "user", id: "u1", name: "ann" },
    rights: { ...noRights, ...rights },
  };
}

const patterns = [
  "*",
  "team-a/*",
  "team_a/*",
  "team%*",
  "team\\*",
  "*/x",
  "TEAM*",
  "line*",
  "é*",
  "other",
  "x",
];

test("a search finds exactly what may be read, page by page, and so does every question about one", async () => {
  const pattern = (effect: Grant["effect"], text: string): Grant => ({
    grantId: "g",
    effect,
    level: "read",
    holder: { kind: "everyone" },
    target: { on: "experiment", pattern: text },
  });
  const byId: Grant = {
    ...pattern("allow", ""),
    target: { on: "experiment", experimentId: ids.get("other") ?? "" },
  };
  const callers = patterns.flatMap((allowed) => [
    ann({ role: "guest", grants: [pattern("allow", allowed), byId] }),
    ann({ role: "viewer", grants: [pattern("deny", allowed)] }),
    ann({
      role: "guest",
      grants: [pattern("allow", allowed), { ...byId, effect: "deny" }],
      scope: { access: "read", experimentIds: [ids.get("team-a/x") ?? "", ids.get("other") ?? "", "none"] },
    }),
  ]);
  for (const caller of [...callers, ann({ administrator: true })]) {
    const expected = [...ids]
      .filter(
        ([name, experimentId]) =>
          decide(caller, "experiment.read", { kind: "experiment", experimentId, name }).allowed,
      )
      .map(([name]) => name);
    expect((await searchAll(caller)).toSorted()).toEqual(expected.toSorted());
    for (const [name, experimentId] of ids) {
      const got = await guarded.getExperiment(caller, experimentId).then(
        (experiment) => experiment.name,
        (error: { code?: string }) => error.code,
      );
      expect(got).toBe(expected.includes(name) ? name : "permission_denied");
    }
  }
});

async function searchAll(caller: Caller): Promise<readonly string[]> {
  const found: string[] = [];
  let pageToken: string | undefined;
  do {
    const page = await guarded.searchExperiments(caller, { viewType: "ALL", maxResults: 2, pageToken });
    found.push(...page.items.map((experiment) => experiment.name));
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
  return found;
}

test("runs and logged models belong to their experiment, in their workspace only", async () => {
  const experimentId = ids.get("other") ?? "";
  const { runId } = (await service.tracking.createRun(owner, { experimentId })).info;
  const { modelId } = await service.tracking.createLoggedModel(owner, { experimentId });
  await service.tracking.deleteLoggedModel(owner, modelId);
  const store = createOwnershipStore({ database: service.database });
  expect(await store.findExperimentsOf("default", "run", [runId, "gone"])).toEqual(
    new Map([[runId, experimentId]]),
  );
  expect(await store.findExperimentsOf("default", "logged-model", [modelId])).toEqual(
    new Map([[modelId, experimentId]]),
  );
  expect(await store.findExperimentsOf("elsewhere", "run", [runId])).toEqual(new Map());
  expect(await store.findExperimentsOf("elsewhere", "logged-model", [modelId])).toEqual(new Map());
  expect(await store.findExperimentNames("elsewhere", [experimentId])).toEqual(new Map());
  expect(await store.findExperimentNames("default", [experimentId, "a03d93", "9".repeat(20)])).toEqual(
    new Map([[experimentId, "other"]]),
  );
  expect(await store.findExperimentByName("elsewhere", "other")).toBeUndefined();
  expect(await store.findExperimentByName("default", "other")).toEqual({ experimentId });
});
