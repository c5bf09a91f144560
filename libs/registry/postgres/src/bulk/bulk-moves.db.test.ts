import { anonymous, type Caller, noRights } from "@runweir/identity-domain";
import { type BulkRequest, createBulkMoves, guardBulkMoves, type TargetGate } from "@runweir/registry-domain";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { brokenPlaces, stageRows, targetRows } from "../../testing/history-rows.ts";
import { createRegistryTestService } from "../../testing/registry-test-service.ts";
import { createBulkMover, createBulkStore, createRegistryStore } from "../index.ts";
import { movePiece } from "./move-piece.ts";

const versions = 3;
let service: Awaited<ReturnType<typeof createRegistryTestService>>;

beforeEach(async () => {
  service = await createRegistryTestService();
});
afterEach(() => service.drop());

const bulk = (wake = () => {}) =>
  createBulkMoves({
    store: createBulkStore({ database: service.database }),
    stages: createRegistryStore({ database: service.database }),
    clock: service.clock,
    wake,
  });

/** Models `fleet 1`, ...; made by statements of their own where there are thousands. */
async function makeFleet(size: number): Promise<void> {
  await service.database.query(
    `WITH made AS (
       INSERT INTO registry.model (workspace, name, creator_id, creation_time, last_update_time, last_version, version_count)
       SELECT 'default', 'fleet ' || n, 'ann', 1, 1, ${versions}, ${versions} FROM generate_series(1, $1) AS n RETURNING model_no
     )
     INSERT INTO registry.model_version (model_no, version, workspace, creation_time, last_update_time, source, storage_location)
     SELECT model_no, v, 'default', 1, 1, 's', 's' FROM made, generate_series(1, ${versions}) AS v`,
    [size],
  );
}

const toLatest: BulkRequest = {
  models: { text: "fleet" },
  version: { kind: "latest" },
  target: { kind: "alias", alias: "champion" },
  reason: "Tuesday's campaign",
};

/** Until no job runs. */
async function work(): Promise<void> {
  while (await movePiece(service.database, service.clock.now()));
}

const championOf = async (name: string) => {
  const model = await service.registry.getModel(service.caller, name);
  return model.aliases.find(({ alias }) => alias === "champion")?.version;
};

describe("bulk moves", () => {
  it("are planned without moving anything, and applied only as planned", async () => {
    await makeFleet(4);
    const { caller, registry } = service;
    await registry.setAlias(caller, "fleet 1", "champion", "3");
    await registry.setAlias(caller, "fleet 2", "champion", "1");
    const jobs = bulk();
    const plan = await jobs.plan(caller, toLatest);
    expect(plan).toMatchObject({ state: "planned", selected: 4, items: 3, refused: 0, moved: 0 });
    expect((await jobs.listItems(caller, plan.jobId, { maxResults: 2 })).items).toMatchObject([
      { model: "fleet 2", from: 1, to: 3 },
      { model: "fleet 3", from: undefined, to: 3 },
    ]);
    await expect(jobs.apply(caller, plan.jobId, "another plan")).rejects.toThrow(
      `Parameter 'digest' is 'another plan', the plan's is '${plan.digest}'`,
    );
    await work();
    expect(await championOf("fleet 2")).toBe(1);
    expect(await jobs.apply(caller, plan.jobId, plan.digest)).toMatchObject({ state: "applying" });
    await expect(jobs.apply(caller, plan.jobId, plan.digest)).rejects.toThrow("only what is planned");
    await work();
    expect(await jobs.getJob(caller, plan.jobId)).toMatchObject({ state: "applied", moved: 3, skipped: 0 });
    const rows = await targetRows(service.database, "fleet 2", "alias", "champion");
    expect(rows.at(-1)).toMatchObject({
      value: 3,
      actor_name: "Local owner",
      reason: `Bulk move ${plan.jobId}: Tuesday's campaign`,
      request_id: `bulk-move-${plan.jobId} test`,
    });
    expect(brokenPlaces(rows)).toEqual([]);
  });

  it("leave alone what has moved since, and undo only what they moved and what is still there", async () => {
    await makeFleet(5);
    const { caller, registry } = service;
    for (const n of [1, 2, 3]) await registry.setAlias(caller, `fleet ${n}`, "champion", "1");
    const jobs = bulk();
    const plan = await jobs.plan(caller, toLatest);
    await registry.setAlias(caller, "fleet 1", "champion", "2");
    await registry.deleteVersion(caller, "fleet 4", "3");
    await jobs.apply(caller, plan.jobId, plan.digest);
    await work();
    expect(await jobs.getJob(caller, plan.jobId)).toMatchObject({ moved: 3, skipped: 2 });
    await registry.setAlias(caller, "fleet 2", "champion", "2");
    expect(await jobs.undo(caller, plan.jobId)).toMatchObject({ state: "undoing" });
    await work();
    expect(await jobs.getJob(caller, plan.jobId)).toMatchObject({ state: "undone", undone: 2, kept: 1 });
    const champions = await Promise.all([1, 2, 3, 4, 5].map((n) => championOf(`fleet ${n}`)));
    expect(champions).toEqual([2, 2, 1, undefined, undefined]);
    await expect(jobs.undo(caller, plan.jobId)).rejects.toThrow(`Bulk move '${plan.jobId}' is undone`);
    expect((await registry.listModels(caller, { alias: "champion", maxResults: 9 })).items).toHaveLength(3);
  });

  it("go on after a pause and after a restart, in pieces, and can be undone half way", async () => {
    const size = 11_000;
    await makeFleet(size);
    const { caller, database, clock } = service;
    const jobs = bulk();
    const plan = await jobs.plan(caller, toLatest);
    await jobs.apply(caller, plan.jobId, plan.digest);
    await movePiece(database, clock.now());
    expect(await jobs.pause(caller, plan.jobId)).toMatchObject({ state: "apply paused", moved: 5_000 });
    expect(await movePiece(database, clock.now())).toBe(false);
    await jobs.resume(caller, plan.jobId);
    await movePiece(database, clock.now());
    await jobs.pause(caller, plan.jobId);
    await jobs.undo(caller, plan.jobId);
    // Another process takes it up where this one stopped.
    await movePiece(database, clock.now());
    const errors: unknown[] = [];
    const mover = createBulkMover({ database, clock, onError: (error) => void errors.push(error) });
    await expect.poll(async () => (await jobs.getJob(caller, plan.jobId)).state).toBe("undone");
    await mover.stop();
    expect(errors).toEqual([]);
    expect(await jobs.getJob(caller, plan.jobId)).toMatchObject({ moved: 10_000, undone: 10_000, kept: 0 });
    expect(await database.query("SELECT count(*) AS n FROM registry.model_alias")).toEqual([{ n: 0 }]);
    expect(await database.query("SELECT count(*) AS n FROM registry.target_history")).toEqual([
      { n: 20_000 },
    ]);
    expect(
      await database.query("SELECT count(*) AS n FROM outbox.event WHERE kind = 'model_alias.moved'"),
    ).toEqual([{ n: 20_000 }]);
  });

  it("move versions into stages and back", async () => {
    await makeFleet(2);
    const { caller, registry, database } = service;
    await registry.setAlias(caller, "fleet 1", "champion", "2");
    const jobs = bulk();
    const plan = await jobs.plan(caller, {
      models: { filter: "name LIKE 'fleet%'" },
      version: { kind: "alias", alias: "champion" },
      target: { kind: "stage", stage: "production" },
    });
    expect(plan).toMatchObject({ selected: 2, items: 1 });
    await jobs.apply(caller, plan.jobId, plan.digest);
    await work();
    expect((await registry.getVersion(caller, "fleet 1", "2")).stage).toBe("Production");
    await jobs.undo(caller, plan.jobId);
    await work();
    expect((await stageRows(database, "fleet 1", 2)).map((row) => row.value)).toEqual(["Production", "None"]);
    await expect(
      jobs.plan(caller, {
        ...toLatest,
        version: { kind: "none" },
        target: { kind: "stage", stage: "Staging" },
      }),
    ).rejects.toThrow("only aliases can point at");
  });

  it("take an alias away", async () => {
    await makeFleet(2);
    const { caller, registry } = service;
    await registry.setAlias(caller, "fleet 1", "champion", "2");
    const jobs = bulk();
    const plan = await jobs.plan(caller, { ...toLatest, version: { kind: "none" } });
    await jobs.apply(caller, plan.jobId, plan.digest);
    await work();
    expect(await championOf("fleet 1")).toBeUndefined();
    await jobs.undo(caller, plan.jobId);
    await work();
    expect(await championOf("fleet 1")).toBe(2);
  });
});

describe("guarded bulk moves", () => {
  const editor = (id: string): Caller => ({
    ...service.caller,
    principal: { kind: "user", id, name: id },
    rights: {
      ...noRights,
      role: "guest",
      grants: [
        {
          grantId: "g",
          effect: "allow",
          level: "edit",
          holder: { kind: "everyone" },
          target: { on: "model", pattern: "fleet 1*" },
        },
        {
          grantId: "h",
          effect: "allow",
          level: "read",
          holder: { kind: "everyone" },
          target: { on: "model", pattern: "fleet*" },
        },
      ],
    },
  });

  it("leave out what their maker may not move, and what is protected", async () => {
    await makeFleet(12);
    const gate: TargetGate = {
      check: async () => {},
      explain: async (_, requests) =>
        requests.map(({ model }) => (model === "fleet 11" ? "protected" : undefined)),
    };
    const jobs = guardBulkMoves(bulk(), { registry: service.registry, gate });
    const plan = await jobs.plan(editor("ann"), toLatest);
    expect(plan).toMatchObject({ selected: 12, items: 3, refused: 9 });
    expect(plan.refusals).toContainEqual({ model: "fleet 11", reason: "protected" });
    expect(plan.refusals).toContainEqual({
      model: "fleet 2",
      reason: expect.stringContaining("Permission denied") as unknown,
    });
    await expect(jobs.getJob(editor("bob"), plan.jobId)).rejects.toMatchObject({ code: "permission_denied" });
    await expect(jobs.apply(editor("bob"), plan.jobId, plan.digest)).rejects.toMatchObject({
      code: "permission_denied",
    });
    const own = await jobs.plan(editor("bob"), toLatest);
    await jobs.plan(editor("ann"), toLatest);
    const listed = await jobs.listJobs(editor("bob"), { maxResults: 1 });
    expect(listed.items.map(({ jobId }) => jobId)).toEqual([own.jobId]);
    expect(listed.nextPageToken).toBeUndefined();
    await expect(jobs.plan(anonymous("r"), toLatest)).rejects.toMatchObject({ code: "unauthenticated" });
    await jobs.apply(editor("ann"), plan.jobId, plan.digest);
    await work();
    expect(await Promise.all(["fleet 1", "fleet 11", "fleet 12", "fleet 2"].map(championOf))).toEqual([
      3,
      undefined,
      3,
      undefined,
    ]);
  });

  it("are asked about again when they are applied", async () => {
    await makeFleet(2);
    const protectedNow = new Set<string>();
    const gate: TargetGate = {
      check: async () => {},
      explain: async (_, requests) =>
        requests.map(({ model }) => (protectedNow.has(model) ? `${model} is protected` : undefined)),
    };
    const jobs = guardBulkMoves(bulk(), { registry: service.registry, gate });
    const plan = await jobs.plan(service.caller, toLatest);
    protectedNow.add("fleet 2");
    await expect(jobs.apply(service.caller, plan.jobId, plan.digest)).rejects.toThrow("fleet 2 is protected");
  });
});
