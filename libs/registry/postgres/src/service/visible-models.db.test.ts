import { decide, type Grant, localOwner, noRights, type Rights } from "@runweir/identity-domain";
import { guardRegistry, type Registry } from "@runweir/registry-domain";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createRegistryTestService } from "../../testing/registry-test-service.ts";

let service: Awaited<ReturnType<typeof createRegistryTestService>>;
let guarded: Registry;
const names = ["fraud", "fraud-2", "Fraud", "f_aud", "f%ud", "back\\slash", "other", "é"];

beforeAll(async () => {
  service = await createRegistryTestService();
  for (const name of names) {
    await service.registry.createModel(service.caller, { name });
    await service.registry.createVersion(service.caller, { name, source: "s3://bucket/model" });
  }
  guarded = guardRegistry(service.registry, {
    gate: { require: async () => {}, readableAmong: async () => new Set() },
    requireLocation: async () => {},
  });
});
afterAll(() => service.drop());

test("searches for models and versions find exactly what may be read, page by page", async () => {
  const grant = (effect: Grant["effect"], pattern: string): Grant => ({
    grantId: "g",
    effect,
    level: "read",
    holder: { kind: "everyone" },
    target: { on: "model", pattern },
  });
  const patterns = ["*", "fraud*", "f_*", "f%*", "back\\*", "*ud", "FRAUD", "é", "none"];
  const everyRights = patterns.flatMap((pattern): Partial<Rights>[] => [
    { role: "guest", grants: [grant("allow", pattern)] },
    { role: "viewer", grants: [grant("deny", pattern)] },
    { role: "guest", grants: [grant("allow", "*"), grant("deny", pattern)] },
  ]);
  for (const rights of everyRights) {
    const caller = {
      ...localOwner("r"),
      principal: { kind: "user", id: "u1", name: "ann" } as const,
      rights: { ...noRights, ...rights },
    };
    const expected = names.filter((name) => decide(caller, "model.read", { kind: "model", name }).allowed);
    const found = async (search: "searchModels" | "searchVersions") => {
      const all: string[] = [];
      let pageToken: string | undefined;
      do {
        const page = await guarded[search](caller, { maxResults: 2, pageToken });
        all.push(...page.items.map(({ name }) => name));
        pageToken = page.nextPageToken;
      } while (pageToken !== undefined);
      return all.toSorted();
    };
    expect(await found("searchModels")).toEqual(expected.toSorted());
    expect(await found("searchVersions")).toEqual(expected.toSorted());
  }
});
