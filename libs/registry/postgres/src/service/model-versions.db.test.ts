import type { NewModelVersion, Registry } from "@runweir/registry-domain";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRegistryTestService } from "../../testing/registry-test-service.ts";

let service: Awaited<ReturnType<typeof createRegistryTestService>>;
let registry: Registry;

beforeAll(async () => {
  service = await createRegistryTestService({
    local: "file:///data/with%20blank/local/artifacts",
    proxied: "mlflow-artifacts:/0/proxied/artifacts",
    "m-local": "/data/models/m-local/artifacts/",
    "m-proxied": "mlflow-artifacts:/0/models/m-proxied/artifacts",
  });
  ({ registry } = service);
});
afterAll(() => service.drop());

const source = "mlflow-artifacts:/0/r/artifacts/model";
let models = 0;

async function newModel(): Promise<string> {
  models += 1;
  return (await registry.createModel(service.caller, { name: `model ${models}` })).name;
}

async function newVersions(count: number): Promise<string> {
  const name = await newModel();
  for (let i = 0; i < count; i += 1) await registry.createVersion(service.caller, { name, source });
  return name;
}

describe("versions", () => {
  it("keep what they were made of, and move their model's time", async () => {
    const { caller, clock } = service;
    const name = await newModel();
    clock.time += 1;
    const made = await registry.createVersion(caller, {
      name,
      source,
      runId: "some run",
      runLink: "https://elsewhere/run",
      description: "first",
      tags: [{ key: "k", value: "v" }],
    });
    expect(made).toEqual({
      name,
      version: 1,
      stage: "None",
      description: "first",
      creatorId: "local",
      creationTime: clock.time,
      lastUpdateTime: clock.time,
      source,
      runId: "some run",
      runLink: "https://elsewhere/run",
      modelId: undefined,
      status: "READY",
      statusMessage: undefined,
      tags: [{ key: "k", value: "v" }],
      aliases: [],
    });
    expect(await registry.getVersion(caller, name, "1")).toEqual(made);
    expect(await registry.getModel(caller, name)).toMatchObject({
      lastUpdateTime: clock.time,
      latestVersions: [made],
    });
    clock.time += 1;
    expect(await registry.updateVersion(caller, name, "1", "better")).toMatchObject({
      description: "better",
      lastUpdateTime: clock.time,
    });
    expect((await registry.getModel(caller, name)).lastUpdateTime).toBe(clock.time - 1);
    await registry.setVersionTag(caller, name, "1", { key: "k", value: "" });
    await registry.setVersionTag(caller, name, "1", { key: "l", value: "w" });
    await registry.deleteVersionTag(caller, name, "1", "l");
    expect((await registry.getVersion(caller, name, "1")).tags).toEqual([{ key: "k", value: "" }]);
  });

  it("made at once have each a number of their own", async () => {
    const name = await newModel();
    const made = await Promise.all(
      Array.from({ length: 30 }, () => registry.createVersion(service.caller, { name, source })),
    );
    expect(made.map(({ version }) => version).sort((a, b) => a - b)).toEqual(made.map((_, i) => i + 1));
  });

  it("that were deleted are gone, forgotten, and their numbers stay taken", async () => {
    const { caller, database } = service;
    const name = await newVersions(2);
    await registry.setAlias(caller, name, "champion", "2");
    await registry.setVersionTag(caller, name, "2", { key: "k", value: "v" });
    await registry.deleteVersion(caller, name, "2");
    const gone = { code: "not_found", message: `Model Version (name=${name}, version=2) not found` };
    for (const ask of [
      () => registry.getVersion(caller, name, "2"),
      () => registry.deleteVersion(caller, name, "2"),
      () => registry.updateVersion(caller, name, "2", "x"),
      () => registry.getDownloadUri(caller, name, "2"),
      () => registry.setVersionTag(caller, name, "2", { key: "k", value: "v" }),
      () => registry.deleteVersionTag(caller, name, "2", "k"),
      () => registry.setAlias(caller, name, "champion", "2"),
      () =>
        registry.transitionStage(caller, {
          name,
          version: "2",
          stage: "Staging",
          archiveExistingVersions: true,
        }),
    ])
      await expect(ask()).rejects.toMatchObject(gone);
    await expect(registry.getVersionByAlias(caller, name, "champion")).rejects.toMatchObject({
      code: "invalid_argument",
      message: "Registered model alias champion not found.",
    });
    expect((await registry.createVersion(caller, { name, source })).version).toBe(3);
    expect(
      await database.query(
        `SELECT v.source, v.storage_location FROM registry.model_version v JOIN registry.model m USING (model_no)
         WHERE m.name = $1 AND v.version = 2`,
        [name],
      ),
    ).toEqual([{ source: null, storage_location: null }]);
  });

  it.each(["one", "1.5", "", "0x1"])("are not named %j", async (version) => {
    await expect(registry.getVersion(service.caller, "any", version)).rejects.toMatchObject({
      code: "invalid_argument",
      message: `Parameter 'version' must be an integer, got '${version}'.`,
    });
  });

  it("beyond any number there is are not found", async () => {
    const name = await newVersions(1);
    for (const version of ["-1", "0", "99999999999999"])
      await expect(registry.getVersion(service.caller, name, version)).rejects.toMatchObject({
        code: "not_found",
      });
  });
});

describe("stages and aliases", () => {
  it("a move can archive who was there, in active stages only", async () => {
    const { caller } = service;
    const name = await newVersions(3);
    const move = (version: string, stage: string, archiveExistingVersions: boolean) =>
      registry.transitionStage(caller, { name, version, stage, archiveExistingVersions });
    await move("1", "production", false);
    await move("2", "Production", false);
    const stagesOf = async () =>
      (
        await registry.searchVersions(caller, {
          filter: `name = '${name}'`,
          orderBy: ["version_number"],
          maxResults: 9,
        })
      ).items.map(({ stage }) => stage);
    expect(await stagesOf()).toEqual(["Production", "Production", "None"]);
    await move("3", "PRODUCTION", true);
    expect(await stagesOf()).toEqual(["Archived", "Archived", "Production"]);
    await expect(move("1", "None", true)).rejects.toThrow(
      "Model version transition cannot archive existing model versions because 'None' is not an Active stage.",
    );
    await expect(move("1", "Moon", false)).rejects.toMatchObject({ field: "stage" });
  });

  it("of many moves at once that archive, one version is left in the stage", async () => {
    const { caller } = service;
    const name = await newVersions(8);
    await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        registry.transitionStage(caller, {
          name,
          version: String(i + 1),
          stage: "Production",
          archiveExistingVersions: true,
        }),
      ),
    );
    const { items } = await registry.searchVersions(caller, { filter: `name = '${name}'`, maxResults: 9 });
    expect(items.filter(({ stage }) => stage === "Production")).toHaveLength(1);
  });

  it("an alias points at one version, and moves", async () => {
    const { caller } = service;
    const name = await newVersions(2);
    await registry.setAlias(caller, name, "champion", "1");
    await registry.setAlias(caller, name, "best-of_all", "1");
    expect((await registry.getVersion(caller, name, "1")).aliases).toEqual(["best-of_all", "champion"]);
    await registry.setAlias(caller, name, "champion", "2");
    expect((await registry.getModel(caller, name)).aliases).toEqual([
      { alias: "best-of_all", version: 1 },
      { alias: "champion", version: 2 },
    ]);
    expect(await registry.getVersionByAlias(caller, name, "champion")).toMatchObject({
      version: 2,
      aliases: ["champion"],
    });
    expect((await registry.getVersionByAlias(caller, name, "LATEST")).version).toBe(2);
    await registry.deleteAlias(caller, name, "champion");
    await registry.deleteAlias(caller, name, "champion");
    expect((await registry.getVersion(caller, name, "2")).aliases).toEqual([]);
    await expect(registry.getVersionByAlias(caller, await newModel(), "latest")).rejects.toMatchObject({
      code: "not_found",
      message: expect.stringContaining("Latest version not found for model"),
    });
  });

  it("of many aliases asked for at the same moment each is answered for itself", async () => {
    const { caller } = service;
    const elsewhere = { ...caller, workspace: "elsewhere" };
    const names = [await newVersions(2), await newVersions(2)];
    await registry.createModel(elsewhere, { name: names[0] as string });
    await registry.createVersion(elsewhere, { name: names[0] as string, source });
    await registry.setAlias(elsewhere, names[0] as string, "champion", "1");
    for (const name of names) await registry.setAlias(caller, name, "champion", "2");
    await registry.setAlias(caller, names[1] as string, "canary", "1");
    const found = await Promise.all(
      Array.from({ length: 50 }, async () => {
        const [one, other] = names as [string, string];
        const asked = [
          registry.getVersionByAlias(caller, one, "champion"),
          registry.getVersionByAlias(elsewhere, one, "champion"),
          registry.getVersionByAlias(caller, one, "canary"),
          registry.getVersionByAlias(caller, other, "champion"),
          registry.getVersionByAlias(caller, other, "canary"),
          registry.getVersionByAlias(elsewhere, other, "canary"),
        ];
        return (await Promise.allSettled(asked)).map((outcome) =>
          outcome.status === "fulfilled"
            ? `${outcome.value.name} ${outcome.value.version}`
            : outcome.reason.message,
        );
      }),
    );
    expect(found).toEqual(
      Array.from({ length: 50 }, () => [
        `${names[0]} 2`,
        `${names[0]} 1`,
        expect.stringContaining("alias canary not found"),
        `${names[1]} 2`,
        `${names[1]} 1`,
        expect.stringContaining(`name=${names[1]} not found`),
      ]),
    );
  });

  it.each([
    ["latest", "'latest' alias name (case insensitive) is reserved."],
    ["V12", "Version alias name 'V12' is reserved."],
    ["", "Registered model alias name cannot be empty."],
    ["a b", "Invalid alias name: 'a b'."],
    ["a".repeat(256), "exceeds the maximum length of 255 characters"],
  ])("the alias %j is refused", async (alias, message) => {
    const name = await newVersions(1);
    await expect(registry.setAlias(service.caller, name, alias, "1")).rejects.toThrow(message);
  });
});

describe("searches of versions", () => {
  it("go by name, run, number, source and tags, newest change first", async () => {
    const { caller, clock } = service;
    const name = await newModel();
    const make = async (input: Partial<NewModelVersion>) => {
      clock.time += 1;
      await registry.createVersion(caller, { name, source, ...input });
    };
    await make({ runId: "run a" });
    await make({ runId: "run b", tags: [{ key: "k", value: "1" }] });
    await make({ source: "runs:/run a/model", tags: [{ key: "k", value: "2" }] });
    clock.time += 1;
    await registry.updateVersion(caller, name, "2", "touched");
    const find = async (filter: string, orderBy?: readonly string[]) => {
      const search = { filter: `name = '${name}' AND ${filter}`, orderBy, maxResults: 9 };
      return (await registry.searchVersions(caller, search)).items.map(({ version }) => version);
    };
    expect(await find("version_number > 0")).toEqual([2, 3, 1]);
    expect(await find("version_number >= 2", ["version_number ASC"])).toEqual([2, 3]);
    expect(await find("run_id IN ('run a', 'x')")).toEqual([1]);
    expect(await find("NOT run_id = 'run a'")).toEqual([2, 3]);
    expect(await find("source_path LIKE 'runs:%'")).toEqual([3]);
    expect(await find("tags.k != '1'")).toEqual([3]);
    expect(await find("version_number != 9", ["creation_timestamp DESC"])).toEqual([3, 2, 1]);
    await expect(find("version_number = 'x'")).rejects.toThrow(
      "Expected numeric value type for numeric attribute",
    );
    await expect(find("current_stage = 'None'")).rejects.toThrow("Invalid attribute key 'current_stage'");
    const first = await registry.searchVersions(caller, { filter: `name = '${name}'`, maxResults: 2 });
    const pageToken = first.nextPageToken;
    const rest = await registry.searchVersions(caller, {
      filter: `name = '${name}'`,
      maxResults: 2,
      pageToken,
    });
    expect([...first.items, ...rest.items].map(({ version }) => version)).toEqual([2, 3, 1]);
    expect(rest.nextPageToken).toBeUndefined();
  });
});

describe("sources", () => {
  const create = async (input: Omit<NewModelVersion, "name">) => {
    const name = await newModel();
    const version = await registry.createVersion(service.caller, { name, ...input });
    return { version, uri: await registry.getDownloadUri(service.caller, name, "1") };
  };

  it.each([
    ["file:///data/with%20blank/local/artifacts", undefined],
    ["file:///data/with%20blank/local/artifacts/model", undefined],
    [
      "file://localhost/data/with%20blank/local/artifacts/model",
      "file:///data/with%20blank/local/artifacts/model",
    ],
    ["file:///data/with%20blank/local/artifacts/model/..", "file:///data/with%20blank/local/artifacts"],
    ["file:///data/with%20blank/local/artifacts/./a//b/", "file:///data/with%20blank/local/artifacts/a/b"],
    ["/data/with blank/local/artifacts/model", undefined],
    ["/data/with blank/local/artifacts/a/../b", "/data/with blank/local/artifacts/b"],
  ])("on this machine are taken within the run's artifacts: %s", async (given, plain) => {
    const { version, uri } = await create({ source: given, runId: "local" });
    expect([version.source, uri]).toEqual([given, plain ?? given]);
  });

  it.each([
    ["/data/with blank/local/artifacts/model", undefined],
    ["/data/with blank/local/artifacts/model", "proxied"],
    ["/data/with blank/local/artifacts-of-another", "local"],
    ["/data/with blank/local", "local"],
    ["file:///data/with%20blank/local/artifacts/../../other", "local"],
    ["file:///data/with%20blank/local/artifacts/%2e%2e/other", "local"],
    ["file:///data/with%20blank/local/artifacts/a%00", "local"],
    ["data/with blank/local/artifacts/model", "local"],
    ["/tmp", "local"],
  ])("on this machine are refused elsewhere: %s of run %s", async (given, runId) => {
    await expect(create({ source: given, runId })).rejects.toMatchObject({
      code: "invalid_argument",
      message: expect.stringContaining(
        `Invalid model version source: '${given}'. To use a local path as a model version source, the run_id request parameter has to be specified`,
      ),
    });
  });

  it("of a logged model are its files, and the model hears of the version", async () => {
    const { version, uri } = await create({ source: "models:/m-proxied" });
    expect(version).toMatchObject({ source: "models:/m-proxied", modelId: "m-proxied", runId: "trained" });
    expect(uri).toBe("mlflow-artifacts:/0/models/m-proxied/artifacts");
    expect(service.recorded).toContain(`m-proxied: ${version.name}/1`);
    await create({ source: "/data/models/m-local/artifacts/x", modelId: "m-local" });
    await expect(create({ source: "/data/models", modelId: "m-local" })).rejects.toThrow(
      "the model_id request parameter has to be specified",
    );
    await expect(create({ source: "models:/m-proxied", modelId: "m-local" })).rejects.toThrow(
      "The model_id request parameter must identify the resource that contains the source.",
    );
    await expect(create({ source: "models:/m-nobody" })).rejects.toMatchObject({ code: "not_found" });
    await expect(create({ source, modelId: "m-nobody" })).rejects.toMatchObject({ code: "not_found" });
  });

  it("that are another version stand for what that one was made of", async () => {
    const { caller } = service;
    const { version: original } = await create({ source: "models:/m-proxied", runId: "some run" });
    const { name } = original;
    await registry.setAlias(caller, name, "champion", "1");
    await registry.transitionStage(caller, {
      name,
      version: "1",
      stage: "Staging",
      archiveExistingVersions: false,
    });
    for (const form of [`${name}/1`, `${name}@champion`, `${name}/staging`, `${name}/Latest`]) {
      const { version, uri } = await create({ source: `models:/${form}` });
      expect(version).toMatchObject({
        source: `models:/${name}/1`,
        runId: "some run",
        modelId: "m-proxied",
      });
      expect(uri).toBe("mlflow-artifacts:/0/models/m-proxied/artifacts");
    }
    const copy = (form: string, runId?: string) => create({ source: `models:/${form}`, runId });
    await expect(copy(`${name}/1`, "another run")).rejects.toThrow("must match the referenced model version");
    await expect(copy(`${name}/2`)).rejects.toMatchObject({ code: "not_found" });
    await expect(copy(`${name}@nobody`)).rejects.toThrow("Registered model alias nobody not found.");
    await expect(copy(`${name}/Production`)).rejects.toMatchObject({ code: "not_found" });
    await expect(copy("no such model/1")).rejects.toThrow(
      "Registered Model with name=no such model not found",
    );
    await expect(copy(`${name}/1/more`)).rejects.toThrow("Invalid model version source");
  });
});
