import { type Caller, localOwner, noRights } from "@runweir/identity-domain";
import {
  createLoadCounter,
  guardRegistry,
  type LoadCounter,
  type Registry,
  watchLoads,
} from "@runweir/registry-domain";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createRegistryTestService } from "../../testing/registry-test-service.ts";
import { createLoadKeeper } from "../index.ts";
import { forgetOldLoads, keepLoads } from "./keep-loads.ts";

let service: Awaited<ReturnType<typeof createRegistryTestService>>;
let counter: LoadCounter;

beforeEach(async () => {
  service = await createRegistryTestService();
  counter = createLoadCounter({ clock: service.clock });
  const { registry, caller } = service;
  for (const name of ["fraud", "churn"]) {
    await registry.createModel(caller, { name });
    for (const source of ["s3://b/1", "s3://b/2"]) await registry.createVersion(caller, { name, source });
  }
});
afterEach(() => service.drop());

function someone(id: string, more: Partial<Caller> = {}): Caller {
  return {
    ...localOwner("r"),
    principal: { kind: "service-account", id, name: `${id} the robot` },
    origin: { door: "api", userAgent: "mlflow-python-client/3.17.2 (linux)" },
    ...more,
  };
}

const watched = () => watchLoads(service.registry, counter);
const keep = () => keepLoads(service.database, counter.take().loads);
/** As the list of models tells it. */
const newest = async (caller: Caller = service.caller, registry: Registry = service.registry) => {
  const { items } = await registry.listModels(caller, { orderBy: "name", maxResults: 10 });
  return items.flatMap(({ name, newestLoad }) => (newestLoad ? [{ model: name, ...newestLoad }] : []));
};
const list = (version: string, pageToken?: string) =>
  service.registry.listLoads(service.caller, { name: "fraud", version, maxResults: 2, pageToken });

it("who loads a version is told with what, by which name of it, how often and when", async () => {
  const { registry, caller, clock } = service;
  await registry.setAlias(caller, "fraud", "champion", "2");
  await registry.transitionStage(caller, {
    name: "fraud",
    version: "1",
    stage: "Production",
    archiveExistingVersions: false,
  });
  const robot = someone("robot");
  const load = async () => {
    const { version } = await watched().getVersionByAlias(robot, "fraud", "champion");
    await watched().getDownloadUri(robot, "fraud", String(version));
  };
  await load();
  clock.time += 1_000;
  await load();
  await keep();
  clock.time += 1_000;
  await load();
  await watched().getDownloadUri(someone("ann"), "fraud", "2");
  await watched().getLatestVersions(robot, "fraud", ["Production"]);
  await watched().getDownloadUri(robot, "fraud", "1");
  await keep();
  const ofRobot = {
    loader: { kind: "service-account", id: "robot", name: "robot the robot" },
    client: "mlflow-python-client/3.17.2",
  };
  expect((await list("2")).items).toEqual([
    expect.objectContaining({ loader: expect.objectContaining({ id: "ann" }), loads: 1, via: undefined }),
    {
      ...ofRobot,
      version: 2,
      via: { kind: "alias", alias: "champion" },
      loads: 3,
      firstTime: clock.time - 2_000,
      lastTime: clock.time,
    },
  ]);
  expect((await list("1")).items).toMatchObject([
    { ...ofRobot, via: { kind: "stage", stage: "Production" }, loads: 1 },
  ]);
  expect(await newest()).toMatchObject([{ model: "fraud", lastTime: clock.time, otherLoaders: 1 }]);
});

it("a refused question is no load, and asking writes nothing", async () => {
  await expect(watched().getDownloadUri(someone("ann"), "fraud", "9")).rejects.toThrow("not found");
  await watched().getDownloadUri(someone("ann"), "fraud", "1");
  expect(await service.database.query("SELECT FROM registry.version_load")).toEqual([]);
  expect(counter.take().loads).toHaveLength(1);
});

it("pages go on where they ended, with a time that several have in common", async () => {
  for (const id of ["a", "b", "c", "d", "e"]) await watched().getDownloadUri(someone(id), "fraud", "1");
  await keep();
  const ids: string[] = [];
  let pageToken: string | undefined;
  do {
    const page = await list("1", pageToken);
    ids.push(...page.items.map(({ loader }) => loader.id));
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
  expect(ids).toEqual(["a", "b", "c", "d", "e"]);
});

it("workspaces do not see each other's", async () => {
  const elsewhere = { workspace: "elsewhere" };
  const there = { ...service.caller, ...elsewhere };
  await service.registry.createModel(there, { name: "fraud" });
  await service.registry.createVersion(there, { name: "fraud", source: "s3://b/1" });
  await watched().getDownloadUri(someone("ann", elsewhere), "fraud", "1");
  await keep();
  expect((await list("1")).items).toEqual([]);
  expect(await newest()).toEqual([]);
  expect(await newest(there)).toHaveLength(1);
});

it("what is gone by the time that it is kept is passed over, and a deleted version is shown no more", async () => {
  const { registry, caller } = service;
  for (const version of ["1", "2"]) await watched().getDownloadUri(someone("ann"), "fraud", version);
  await watched().getDownloadUri(someone("ann"), "churn", "1");
  await registry.deleteModel(caller, "churn");
  await keep();
  expect(await newest()).toMatchObject([{ model: "fraud" }]);
  for (const version of ["1", "2"]) await registry.deleteVersion(caller, "fraud", version);
  expect(await newest()).toEqual([]);
  await expect(list("1")).rejects.toThrow("not found");
});

it("a process keeps what it counted also when it stops, and what the database refused later", async () => {
  const { database, clock } = service;
  const errors: unknown[] = [];
  await database.query("ALTER TABLE registry.version_load RENAME TO away");
  await watched().getDownloadUri(someone("ann"), "fraud", "1");
  const begin = () =>
    createLoadKeeper({
      database,
      counter,
      clock,
      onError: (error) => errors.push(error),
      onDropped: () => errors.push("dropped"),
    });
  const first = begin();
  await expect.poll(() => errors.length).toBeGreaterThan(0);
  await first.stop();
  await database.query("ALTER TABLE registry.away RENAME TO version_load");
  const told = errors.length;
  const second = begin();
  await expect.poll(() => newest()).toHaveLength(1);
  await watched().getDownloadUri(someone("ann"), "fraud", "1");
  await second.stop();
  expect((await list("1")).items).toMatchObject([{ loads: 2 }]);
  expect(errors).toHaveLength(told);
});

it("two processes add to the same rows at once and lose nothing", async () => {
  const processes = Array.from({ length: 8 }, () => createLoadCounter({ clock: service.clock }));
  const ids = Array.from({ length: 20 }, (_, n) => `robot ${n}`);
  await Promise.all(
    processes.map(async (one, at) => {
      // Each in an order of its own.
      for (const id of at % 2 === 0 ? ids : ids.toReversed())
        one.loaded(someone(id), { name: "fraud", version: 1 });
      await keepLoads(service.database, one.take().loads);
    }),
  );
  const rows = await service.database.query<{ loads: number }>("SELECT loads FROM registry.version_load");
  expect(rows).toEqual(ids.map(() => ({ loads: 8 })));
});

it("rows are forgotten 90 days after the last load, and those beyond the newest 200 of a version", async () => {
  const { clock, database } = service;
  await watched().getDownloadUri(someone("long ago"), "fraud", "2");
  await keep();
  clock.time += 90 * 86_400_000 + 1;
  for (let n = 0; n < 203; n += 1) {
    clock.time += 1;
    await watched().getDownloadUri(someone(`robot ${n}`), "fraud", "1");
  }
  await keep();
  await forgetOldLoads(database, clock.time);
  const rows = await database.query<{ loader_id: string }>(
    "SELECT loader_id FROM registry.version_load ORDER BY last_time",
  );
  expect([rows.length, rows[0]?.loader_id]).toEqual([200, "robot 3"]);
});

it("is read by who may read the model", async () => {
  const guarded = guardRegistry(service.registry, {
    gate: { require: async () => {}, readableAmong: async () => new Set() },
    requireLocation: async () => {},
  });
  await watched().getDownloadUri(someone("ann"), "fraud", "1");
  await watched().getDownloadUri(someone("ann"), "churn", "1");
  await keep();
  const reader = someone("reader", {
    rights: {
      ...noRights,
      grants: [
        {
          grantId: "g",
          effect: "allow",
          level: "read",
          holder: { kind: "everyone" },
          target: { on: "model", pattern: "fraud" },
        },
      ],
    },
  });
  expect(await newest(reader, guarded)).toMatchObject([{ model: "fraud" }]);
  await expect(
    guarded.listLoads(reader, { name: "churn", version: "1", maxResults: 1 }),
  ).rejects.toMatchObject({ code: "permission_denied" });
});
