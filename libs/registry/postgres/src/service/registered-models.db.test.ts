import type { Registry } from "@runweir/registry-domain";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRegistryTestService } from "../../testing/registry-test-service.ts";
import { resetRegistry } from "../index.ts";

let service: Awaited<ReturnType<typeof createRegistryTestService>>;
let registry: Registry;

beforeAll(async () => {
  service = await createRegistryTestService();
  ({ registry } = service);
});
afterAll(() => service.drop());

const source = "mlflow-artifacts:/0/r/artifacts/model";
const namesOf = (page: { readonly items: readonly { readonly name: string }[] }) =>
  page.items.map(({ name }) => name);

describe("registered models", () => {
  it("have a name that is taken once, and free again after their deletion", async () => {
    const { caller } = service;
    const tags = [
      { key: "team", value: "a" },
      { key: "team", value: "b" },
    ];
    expect(await registry.createModel(caller, { name: "taken", description: "# Card", tags })).toEqual({
      name: "taken",
      description: "# Card",
      creatorId: "local",
      creationTime: service.clock.time,
      lastUpdateTime: service.clock.time,
      tags: [{ key: "team", value: "b" }],
      aliases: [],
      latestVersions: [],
    });
    await expect(registry.createModel(caller, { name: "taken" })).rejects.toMatchObject({
      code: "already_exists",
      message: "Registered Model (name=taken) already exists.",
    });
    const prompt = { name: "taken", tags: [{ key: "mlflow.prompt.is_prompt", value: "true" }] };
    await expect(registry.createModel(caller, prompt)).rejects.toThrow(
      "Tried to create a prompt with name 'taken', but the name is already taken by a registered model.",
    );
    await registry.createModel(caller, { name: "other" });
    await expect(registry.renameModel(caller, "other", "taken")).rejects.toMatchObject({
      code: "already_exists",
    });
    await registry.createVersion(caller, { name: "taken", source });
    await registry.setAlias(caller, "taken", "champion", "1");
    await registry.deleteModel(caller, "taken");
    for (const ask of [
      () => registry.getModel(caller, "taken"),
      () => registry.deleteModel(caller, "taken"),
      () => registry.renameModel(caller, "taken", "x"),
      () => registry.updateModel(caller, "taken", "x"),
      () => registry.setModelTag(caller, "taken", { key: "k", value: "v" }),
      () => registry.deleteModelTag(caller, "taken", "k"),
      () => registry.createVersion(caller, { name: "taken", source }),
      () => registry.getVersionByAlias(caller, "taken", "champion"),
    ])
      await expect(ask()).rejects.toMatchObject({
        code: "not_found",
        message: "Registered Model with name=taken not found",
      });
    await expect(registry.getVersion(caller, "taken", "1")).rejects.toMatchObject({ code: "not_found" });
    expect(
      namesOf(await registry.searchVersions(caller, { filter: "name = 'taken'", maxResults: 9 })),
    ).toEqual([]);
    expect((await registry.renameModel(caller, "other", "taken")).name).toBe("taken");
    expect((await registry.createVersion(caller, { name: "taken", source })).version).toBe(1);
  });

  it("belong to one workspace", async () => {
    const stranger = { ...service.caller, workspace: "elsewhere" };
    await registry.createModel(service.caller, { name: "ours" });
    await registry.createVersion(service.caller, { name: "ours", source });
    await expect(registry.getModel(stranger, "ours")).rejects.toMatchObject({ code: "not_found" });
    await expect(registry.getVersion(stranger, "ours", "1")).rejects.toMatchObject({ code: "not_found" });
    expect(namesOf(await registry.searchModels(stranger, { maxResults: 9 }))).toEqual([]);
    expect(namesOf(await registry.searchVersions(stranger, { maxResults: 9 }))).toEqual([]);
    expect((await registry.createModel(stranger, { name: "ours" })).latestVersions).toEqual([]);
  });

  it("change their description and their tags", async () => {
    const { caller, clock } = service;
    await registry.createModel(caller, { name: "described" });
    clock.time += 1;
    expect(await registry.updateModel(caller, "described", "better")).toMatchObject({
      description: "better",
      lastUpdateTime: clock.time,
    });
    expect((await registry.updateModel(caller, "described", undefined)).description).toBeUndefined();
    await registry.setModelTag(caller, "described", { key: "k", value: "1" });
    await registry.setModelTag(caller, "described", { key: "k", value: "" });
    expect((await registry.getModel(caller, "described")).tags).toEqual([{ key: "k", value: "" }]);
    await registry.deleteModelTag(caller, "described", "k");
    await registry.deleteModelTag(caller, "described", "k");
    expect((await registry.getModel(caller, "described")).tags).toEqual([]);
  });

  it("show the latest version of each stage, whatever lies below", async () => {
    const { caller } = service;
    await registry.createModel(caller, { name: "staged" });
    const stages = ["Archived", "Production", "archived", "PRODUCTION", "Staging", "Staging", "None"];
    for (const [index, stage] of stages.entries()) {
      await registry.createVersion(caller, { name: "staged", source });
      const move = { name: "staged", version: String(index + 1), stage, archiveExistingVersions: false };
      await registry.transitionStage(caller, move);
    }
    const latest = async (wanted: readonly string[]) =>
      Object.fromEntries(
        (await registry.getLatestVersions(caller, "staged", wanted)).map(({ stage, version }) => [
          stage,
          version,
        ]),
      );
    expect(await latest([])).toEqual({ Production: 4, Staging: 6, Archived: 3, None: 7 });
    expect(await latest(["staging", "None"])).toEqual({ Staging: 6, None: 7 });
    await expect(latest(["Moon"])).rejects.toThrow(
      "Invalid Model Version stage: Moon. Value must be one of None, Staging, Production, Archived.",
    );
    await registry.deleteVersion(caller, "staged", "4");
    expect(await latest(["Production"])).toEqual({ Production: 2 });
  });
});

describe("searches of models", () => {
  const find = async (filter: string, orderBy?: readonly string[]) =>
    namesOf(await registry.searchModels(service.caller, { filter, orderBy, maxResults: 100 }));

  it("filter by name and tags, in MLflow's grammar and ours", async () => {
    const { caller, clock } = service;
    for (const [name, size] of [
      ["found A", "1"],
      ["found b", "2"],
      ["found c", undefined],
    ] as const) {
      clock.time += 1;
      await registry.createModel(caller, { name, tags: size ? [{ key: "size of", value: size }] : [] });
    }
    expect(await find("name LIKE 'found%'")).toEqual(["found A", "found b", "found c"]);
    expect(await find("name ILIKE 'FOUND a'")).toEqual(["found A"]);
    expect(await find("name LIKE 'FOUND a'")).toEqual([]);
    expect(await find("name IN ('found b', 'found c')")).toEqual(["found b", "found c"]);
    expect(await find("tags.`size of` != '1'")).toEqual(["found b"]);
    expect(await find("name LIKE 'found%' AND NOT tag.\"size of\" = '1'")).toEqual(["found b", "found c"]);
    expect(await find("name = 'found A' OR name = 'found c'", ["last_updated_timestamp DESC"])).toEqual([
      "found c",
      "found A",
    ]);
    expect(await find("name LIKE 'found%'", ["name DESC"])).toEqual(["found c", "found b", "found A"]);
  });

  it.each([
    ["size = 1", undefined, "Invalid attribute key 'size'"],
    ["params.x = '1'", undefined, "Invalid entity type 'params'"],
    ["tags.x IN ('1')", undefined, "Only ['name'] attributes support comparison with a list"],
    [undefined, ["size"], "Invalid attribute key 'size'"],
    [undefined, ["tags.x"], "Invalid order_by entity: tag"],
    [undefined, ["name", "name DESC"], "`order_by` contains duplicate fields"],
  ])("refuse %s ordered by %s", async (filter, orderBy, message) => {
    const search = registry.searchModels(service.caller, { filter, orderBy, maxResults: 9 });
    await expect(search).rejects.toThrow(message);
  });

  it("come in pages", async () => {
    const { caller } = service;
    await expect(registry.searchModels(caller, { maxResults: 1_001 })).rejects.toThrow(
      "Invalid value for request parameter max_results. It must be at most 1000, but got value 1001",
    );
    await expect(registry.searchModels(caller, { maxResults: 0 })).rejects.toMatchObject({
      field: "max_results",
    });
    for (const number of [1, 2, 3]) await registry.createModel(caller, { name: `page ${number}` });
    const page = (pageToken?: string) =>
      registry.searchModels(caller, { filter: "name LIKE 'page%'", maxResults: 2, pageToken });
    const first = await page();
    const second = await page(first.nextPageToken);
    expect([namesOf(first), namesOf(second), second.nextPageToken]).toEqual([
      ["page 1", "page 2"],
      ["page 3"],
      undefined,
    ]);
    await expect(page("bm9uc2Vuc2U=")).rejects.toMatchObject({ field: "page_token" });
  });

  it("leave prompts out unless they are asked for", async () => {
    const { caller } = service;
    const tag = "tags.`mlflow.prompt.is_prompt`";
    await registry.createModel(caller, { name: "say model" });
    await registry.createModel(caller, {
      name: "say prompt",
      tags: [{ key: "mlflow.prompt.is_prompt", value: "true" }],
    });
    const prompt = { name: "say prompt", source: "dummy-source" };
    const tags = [{ key: "mlflow.prompt.is_prompt", value: "True" }];
    await registry.createVersion(caller, { ...prompt, tags });
    expect(await find("name LIKE 'say%'")).toEqual(["say model"]);
    expect(await find(`name LIKE 'say%' AND ${tag} = 'true'`)).toEqual(["say prompt"]);
    expect(await find(`name LIKE 'say%' AND ${tag} != 'true'`)).toEqual(["say model"]);
    expect(await find(`name LIKE 'say%' AND ${tag} = 'False'`)).toEqual(["say model"]);
    const versions = async (filter: string) =>
      namesOf(await registry.searchVersions(caller, { filter, maxResults: 9 }));
    expect(await versions("name LIKE 'say%'")).toEqual([]);
    expect(await versions(`name LIKE 'say%' AND ${tag} = 'true'`)).toEqual(["say prompt"]);
    await expect(registry.createVersion(caller, { ...prompt, tags, source: "/etc/passwd" })).rejects.toThrow(
      "Prompt sources must use an MLflow placeholder.",
    );
    await expect(
      registry.createVersion(caller, { name: "say model", source: "models:/say prompt/1" }),
    ).rejects.toThrow("Prompt versions cannot be used as model version sources.");
  });
});

describe("names", () => {
  it.each([
    [" ", "Missing value for required parameter 'name'."],
    ["a/b", "Invalid model name 'a/b'. Names cannot contain '/' or ':'."],
    ["a:b", "Invalid model name 'a:b'."],
    ["..", "This name would resolve to '..'"],
    ["a\0b", "NUL"],
    ["a".repeat(257), "'name' exceeds the maximum length of 256 characters"],
  ])("like %j are refused", async (name, message) => {
    await expect(registry.createModel(service.caller, { name })).rejects.toThrow(message);
    await expect(registry.renameModel(service.caller, "whatever", name)).rejects.toMatchObject({
      code: "invalid_argument",
    });
  });
});

it("a reset forgets everything", async () => {
  const other = await createRegistryTestService();
  await other.registry.createModel(other.caller, { name: "m", tags: [{ key: "k", value: "v" }] });
  await other.registry.createVersion(other.caller, { name: "m", source, tags: [{ key: "k", value: "v" }] });
  await other.registry.setAlias(other.caller, "m", "a", "1");
  await other.database.transaction((client) => resetRegistry(client));
  expect(await other.database.query("SELECT count(*)::int AS rows FROM registry.model_alias")).toEqual([
    { rows: 0 },
  ]);
  expect((await other.registry.searchModels(other.caller, { maxResults: 9 })).items).toEqual([]);
  await other.drop();
});
