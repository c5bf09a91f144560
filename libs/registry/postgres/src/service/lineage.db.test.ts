import { DomainError } from "@runweir/errors";
import { localOwner, noRights } from "@runweir/identity-domain";
import { guardRegistry, type Registry } from "@runweir/registry-domain";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createRegistryTestService } from "../../testing/registry-test-service.ts";

let service: Awaited<ReturnType<typeof createRegistryTestService>>;
let registry: Registry;

beforeAll(async () => {
  service = await createRegistryTestService({
    trained: "mlflow-artifacts:/0/trained/artifacts",
    "m-1": "mlflow-artifacts:/0/models/m-1/artifacts",
  });
  ({ registry } = service);
  const { caller } = service;
  for (const name of ["base", "tuned", "secret"]) await registry.createModel(caller, { name });
  await registry.createVersion(caller, { name: "base", source: "models:/m-1" });
  await registry.setAlias(caller, "base", "champion", "1");
  await registry.createVersion(caller, { name: "tuned", source: "models:/base@champion" });
  await registry.createVersion(caller, {
    name: "secret",
    source: "mlflow-artifacts:/0/x/artifacts/m",
    tags: [
      { key: "runweir.derivedFrom", value: "models:/base/1" },
      { key: "runweir.derivedFrom.data", value: "models:/tuned/1" },
      { key: "runweir.derivedFrom.words", value: "see models:" },
    ],
  });
});
afterAll(() => service.drop());

it("a version leads to its run, the code, the data, its logged model, and what it was derived from", async () => {
  const { caller } = service;
  expect(await registry.getLineage(caller, "base", "1")).toMatchObject({
    version: { name: "base", version: 1 },
    run: {
      runId: "trained",
      commit: "c0ffee",
      params: [{ key: "lr", value: "0.1" }],
      metrics: [{ key: "auc", value: 0.9 }],
      datasets: [{ name: "transactions", digest: "d1", context: "training" }],
    },
    loggedModel: { modelId: "m-1", name: "tested" },
    derivedFrom: [],
  });
  const { derivedFrom } = await registry.getLineage(caller, "tuned", "1");
  expect(derivedFrom).toEqual([{ name: "base", version: 1, by: "source" }]);
  const secret = await registry.getLineage(caller, "secret", "1");
  expect(secret.run).toBeUndefined();
  expect(secret.derivedFrom).toEqual([
    { name: "base", version: 1, by: "tag" },
    { name: "tuned", version: 1, by: "tag" },
  ]);
});

it("and back: to what was derived from it, made of a run, and made of a dataset", async () => {
  const { caller } = service;
  const { derived } = await registry.getLineage(caller, "base", "1");
  expect(derived.toSorted((a, b) => a.name.localeCompare(b.name))).toEqual([
    { name: "secret", version: 1, by: "tag" },
    { name: "tuned", version: 1, by: "source" },
  ]);
  const ofRun = await registry.findVersionsOfRun(caller, { runId: "trained", maxResults: 9 });
  expect(ofRun.items.map(({ name }) => name).toSorted()).toEqual(["base", "tuned"]);
  const ofData = (digest: string) =>
    registry.findVersionsOfDataset(caller, { experimentIds: ["0"], digest, maxResults: 9 });
  expect((await ofData("d1")).items.map(({ name }) => name).toSorted()).toEqual(["base", "tuned"]);
  expect((await ofData("d2")).items).toEqual([]);
});

it("both ways outlast another name of the parent, and another model that takes the old one", async () => {
  const { caller } = service;
  const make = (name: string, source: string, tags: { key: string; value: string }[] = []) =>
    registry.createVersion(caller, { name, source, tags });
  for (const name of ["first", "child", "later", "elsewhere"]) await registry.createModel(caller, { name });
  for (const name of ["first", "elsewhere"]) await make(name, "mlflow-artifacts:/0/x/artifacts/m");
  await make("child", "models:/first/1", [{ key: "runweir.derivedFrom", value: "models:/first/1" }]);
  await registry.renameModel(caller, "first", "second");
  await registry.createModel(caller, { name: "first" });
  await make("first", "mlflow-artifacts:/0/y/artifacts/m");
  await make("later", "models:/first/1");
  await registry.renameModel(caller, "second", "third");
  const derivedFrom = async (name: string) => (await registry.getLineage(caller, name, "1")).derivedFrom;
  const derived = async (name: string) => (await registry.getLineage(caller, name, "1")).derived;
  const both = [
    { name: "third", version: 1, by: "source" },
    { name: "third", version: 1, by: "tag" },
  ];
  expect(await derivedFrom("child")).toEqual(both);
  expect(await derivedFrom("later")).toEqual([{ name: "first", version: 1, by: "source" }]);
  expect((await derived("third")).toSorted((a, b) => a.by.localeCompare(b.by))).toEqual([
    { name: "child", version: 1, by: "source" },
    { name: "child", version: 1, by: "tag" },
  ]);
  expect(await derived("first")).toEqual([{ name: "later", version: 1, by: "source" }]);
  // The second rename of what was called `first` does not take what was kept before.
  await registry.renameModel(caller, "first", "fourth");
  expect(await derivedFrom("child")).toEqual(both);
  expect(await derived("fourth")).toEqual([{ name: "later", version: 1, by: "source" }]);
  // What a tag says from now on means whatever has the name now.
  await registry.setVersionTag(caller, "child", "1", {
    key: "runweir.derivedFrom",
    value: "models:/elsewhere/1",
  });
  expect(await derivedFrom("child")).toEqual([both[0], { name: "elsewhere", version: 1, by: "tag" }]);
  expect((await derived("third")).map(({ by }) => by)).toEqual(["source"]);
});

it("those who may not read the experiment or another model are told of neither", async () => {
  const guarded = guardRegistry(registry, {
    gate: {
      async require(_, needs) {
        if (needs.length > 0) throw new DomainError("permission_denied", "not theirs");
      },
      readableAmong: async () => new Set(),
    },
    requireLocation: async () => {},
  });
  const ann = {
    ...localOwner("r"),
    principal: { kind: "user", id: "ann", name: "ann" } as const,
    rights: {
      ...noRights,
      role: "guest" as const,
      grants: ["base", "tuned"].map((pattern) => ({
        grantId: pattern,
        effect: "allow" as const,
        level: "read" as const,
        holder: { kind: "everyone" as const },
        target: { on: "model" as const, pattern },
      })),
    },
  };
  const seen = await guarded.getLineage(ann, "base", "1");
  expect(seen.run).toBeUndefined();
  expect(seen.loggedModel).toBeUndefined();
  expect(seen.derived).toEqual([{ name: "tuned", version: 1, by: "source" }]);
  await expect(guarded.findVersionsOfRun(ann, { runId: "trained", maxResults: 9 })).rejects.toThrow(
    "not theirs",
  );
});
