import type { Registry } from "@runweir/registry-domain";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRegistryTestService } from "../../testing/registry-test-service.ts";

let service: Awaited<ReturnType<typeof createRegistryTestService>>;
let registry: Registry;

/** Of the tests of one list: it shows everything there is. */
async function open() {
  service = await createRegistryTestService();
  ({ registry } = service);
}
const drop = () => service.drop();

const source = "mlflow-artifacts:/0/r/artifacts/m";

async function make(name: string, versions: number, tags: readonly { key: string; value: string }[] = []) {
  service.clock.time += 1;
  await registry.createModel(service.caller, { name, tags, description: "d".repeat(1_000) });
  for (let i = 0; i < versions; i += 1) await registry.createVersion(service.caller, { name, source });
}

const to = (name: string, version: string, stage: string) =>
  registry.transitionStage(service.caller, { name, version, stage, archiveExistingVersions: false });

describe("lists of models", () => {
  afterAll(drop);
  beforeAll(async () => {
    await open();
    const { caller } = service;
    await make("fraud eu", 3, [{ key: "team", value: "risk" }]);
    await make("Fraud US", 2);
    await make("churn", 0);
    await make("a prompt", 1, [{ key: "mlflow.prompt.is_prompt", value: "true" }]);
    await registry.setAlias(caller, "fraud eu", "champion", "2");
    await registry.setAlias(caller, "fraud eu", "canary", "3");
    await registry.setAlias(caller, "Fraud US", "champion", "1");
    await to("fraud eu", "1", "Production");
    await to("fraud eu", "3", "Staging");
    await to("fraud eu", "2", "Production");
    await registry.deleteVersion(caller, "fraud eu", "3");
  });

  it("show what points at versions and how many there are", async () => {
    const page = await registry.listModels(service.caller, { orderBy: "name", maxResults: 10 });
    expect(page.items.map(({ name, versions }) => [name, versions])).toEqual([
      ["Fraud US", 2],
      ["churn", 0],
      ["fraud eu", 2],
    ]);
    expect(page.items[2]).toMatchObject({
      aliases: [{ alias: "champion", version: 2 }],
      stages: [{ stage: "Production", version: 2 }],
      latestVersion: 2,
      creatorId: "local",
      tags: [{ key: "team", value: "risk" }],
      description: "d".repeat(300),
    });
  });

  it("come page by page in every order", async () => {
    for (const orderBy of ["name", "creation_time", "last_update_time"] as const)
      for (const ascending of [true, false]) {
        const whole = await registry.listModels(service.caller, { orderBy, ascending, maxResults: 10 });
        const names: string[] = [];
        let pageToken: string | undefined;
        do {
          const page = await registry.listModels(service.caller, {
            orderBy,
            ascending,
            maxResults: 1,
            pageToken,
          });
          names.push(...page.items.map(({ name }) => name));
          pageToken = page.nextPageToken;
        } while (pageToken);
        expect(names).toEqual(whole.items.map(({ name }) => name));
      }
  });

  it.each([
    [{ text: "FRAUD" }, ["Fraud US", "fraud eu"]],
    [{ text: "d%" }, []],
    [{ alias: "champion", text: "eu" }, ["fraud eu"]],
    [{ alias: "canary" }, []],
    [{ stage: "Production" }, ["fraud eu"]],
    [{ stage: "Staging" }, []],
    [{ owner: "nobody" }, []],
    [{ filter: "tags.team = 'risk'", owner: "local" }, ["fraud eu"]],
    [{ filter: "tags.`mlflow.prompt.is_prompt` = 'true'" }, ["a prompt"]],
    [{ visible: { allow: { ids: [], patterns: ["chu*"] }, deny: { ids: [], patterns: [] } } }, ["churn"]],
  ] as const)("select by %j", async (selection, names) => {
    const page = await registry.listModels(service.caller, { ...selection, orderBy: "name", maxResults: 10 });
    expect(page.items.map(({ name }) => name)).toEqual(names);
    expect((await registry.getModelFacets(service.caller, selection)).models).toBe(names.length);
  });

  it("count what there is to select by", async () => {
    expect(await registry.getModelFacets(service.caller, {})).toEqual({
      models: 3,
      owners: [{ value: "local", models: 3 }],
      aliases: [{ value: "champion", models: 2 }],
      stages: [{ value: "Production", models: 1 }],
      tags: [{ value: "team", models: 1 }],
    });
  });
});

describe("the history of a model", () => {
  const history = async (query: Partial<Parameters<Registry["getHistory"]>[2]> = {}) =>
    (await registry.getHistory(service.caller, "told", { maxResults: 100, ...query })).items.map((entry) =>
      entry.kind === "alias"
        ? `${entry.alias}: ${entry.previousVersion} > ${entry.version}`
        : `${entry.version}: ${entry.previousStage} > ${entry.stage}`,
    );
  let began = 0;

  afterAll(drop);
  beforeAll(async () => {
    await open();
    const { caller, clock } = service;
    await make("told", 3);
    began = clock.time;
    const at = (ms: number) => {
      clock.time = began + ms;
    };
    at(100);
    await registry.setAlias(caller, "told", "champion", "1");
    at(200);
    await to("told", "1", "Production");
    at(300);
    await registry.transitionStage(caller, {
      name: "told",
      version: "2",
      stage: "Production",
      archiveExistingVersions: true,
    });
    at(400);
    await registry.setAlias(caller, "told", "champion", "2");
    at(500);
    await registry.deleteVersion(caller, "told", "2");
  });

  const whole = [
    "champion: 2 > undefined",
    "2: Production > undefined",
    "champion: 1 > 2",
    "1: Production > Archived",
    "2: None > Production",
    "1: None > Production",
    "champion: undefined > 1",
  ];

  it("is told newest first, page by page", async () => {
    expect(await history()).toEqual(whole);
    const paged: string[] = [];
    let pageToken: string | undefined;
    do {
      const page = await registry.getHistory(service.caller, "told", { maxResults: 2, pageToken });
      paged.push(...(await history({ maxResults: 2, pageToken })));
      pageToken = page.nextPageToken;
    } while (pageToken);
    expect(paged).toEqual(whole);
    await expect(history({ pageToken: "x" })).rejects.toThrow("Invalid page token 'x'");
  });

  it("is told of one alias, one stage or one version", async () => {
    expect(await history({ target: { kind: "alias", alias: "champion" } })).toEqual(
      whole.filter((one) => one.startsWith("champion")),
    );
    expect(await history({ target: { kind: "stage", stage: "archived" } })).toEqual([
      "1: Production > Archived",
    ]);
    expect(await history({ target: { kind: "stage", stage: "Production" } })).toHaveLength(4);
    expect(await history({ version: "2" })).toEqual([whole[0], whole[1], whole[2], whole[4]]);
    expect(await history({ version: "1" })).toEqual([whole[2], whole[3], whole[5], whole[6]]);
  });

  it("knows what a target pointed at, and who had moved it there", async () => {
    const at = (ms: number, target: Parameters<Registry["getTargetAt"]>[2]) =>
      registry.getTargetAt(service.caller, "told", target, began + ms);
    const champion = { kind: "alias", alias: "champion" } as const;
    const production = { kind: "stage", stage: "Production" } as const;
    expect(await at(99, champion)).toBeUndefined();
    expect(await at(100, champion)).toEqual({
      version: 1,
      validFrom: began + 100,
      validTo: began + 400,
      actor: { id: "local", name: "Local owner" },
      reason: undefined,
      requestId: "test",
    });
    const found = await Promise.all(
      [199, 200, 299, 300, 499, 500].map(async (ms) => [
        (await at(ms, champion))?.version,
        (await at(ms, production))?.version,
      ]),
    );
    expect(found).toEqual([
      [1, undefined],
      [1, 1],
      [1, 1],
      [1, 2],
      [2, 2],
      [undefined, undefined],
    ]);
    await expect(registry.getTargetAt(service.caller, "nowhere", champion, 1)).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(at(-9e15, champion)).rejects.toThrow("milliseconds since 1970");
  });
});
