import { localOwner } from "@runweir/identity-domain";
import type { Database } from "@runweir/postgres";
import { createRegistry } from "@runweir/registry-domain";
import { createRegistryStore } from "@runweir/registry-postgres";
import { trackedPlaces } from "@runweir/tracking-domain/testing";
import { median } from "../tracking/report-ratios.ts";
import { type Fleet, modelName } from "./fill-registry.ts";

const times = 5;

/** What pages wait for: medians of the service over the filled database, everything included but HTTP. */
export async function measurePages(
  database: Database,
  { models }: Fleet,
  figures: Record<string, unknown>,
): Promise<void> {
  const registry = createRegistry({
    store: createRegistryStore({ database }),
    tracking: trackedPlaces({}, []),
    clock: { now: Date.now },
  });
  const caller = localOwner("bench");
  const page = { maxResults: 50 };
  const deep = Buffer.from(
    JSON.stringify({ by: "+name", after: [modelName(Math.floor(models * 0.9))] }),
  ).toString("base64");
  const name = modelName(Math.floor(models / 2));
  const asked: Readonly<Record<string, () => Promise<unknown>>> = {
    "models, last changed": () => registry.listModels(caller, page),
    "models by name, nine tenths down": () =>
      registry.listModels(caller, { ...page, orderBy: "name", pageToken: deep }),
    "models with a text": () => registry.listModels(caller, { ...page, text: "99" }),
    "models with a rare text": () => registry.listModels(caller, { ...page, text: "no model" }),
    "models of an owner": () => registry.listModels(caller, { ...page, owner: "user-7" }),
    "models by alias and stage": () =>
      registry.listModels(caller, { ...page, alias: "champion", stage: "Production" }),
    "models by tag": () => registry.listModels(caller, { ...page, filter: "tags.team = 'team-7'" }),
    "facets of all models": () => registry.getModelFacets(caller, {}),
    "facets of a search": () => registry.getModelFacets(caller, { text: "99", owner: "user-7" }),
    "one model": () => registry.getModel(caller, name),
    "versions of a model": () => registry.searchVersions(caller, { ...page, filter: `name = '${name}'` }),
    "history of a model": () => registry.getHistory(caller, name, page),
    "champion at a time": () =>
      registry.getTargetAt(caller, name, { kind: "alias", alias: "champion" }, 1_790_000_100_000),
  };
  for (const [what, ask] of Object.entries(asked)) {
    const taken: number[] = [];
    for (let i = 0; i < times; i += 1) {
      const from = performance.now();
      await ask();
      taken.push(performance.now() - from);
    }
    figures[what] = median(taken);
    console.log(`page: ${what}: ${median(taken).toFixed(1)} ms`);
  }
}
