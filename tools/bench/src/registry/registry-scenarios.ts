import type { Call } from "../drive-load.ts";
import { type Fleet, modelName } from "./fill-registry.ts";

/** What MLflow's clients ask of either server. */
export interface RegistryScenario {
  readonly name: string;
  readonly connections: number;
  next(fleet: Fleet): Call;
}

const get = (path: string, query: Readonly<Record<string, string>>): Call => ({
  method: "GET",
  path: `/api/2.0/mlflow/${path}?${new URLSearchParams(query)}`,
});

let turn = 0;
/** Everywhere in the list in turn, the same in every run. */
function anyModel({ models }: Fleet): string {
  turn += 1;
  return modelName((turn * 7_919) % models);
}

export const registryScenarios: readonly RegistryScenario[] = [
  {
    name: "resolve by alias",
    connections: 8,
    next: (fleet) => get("registered-models/alias", { name: anyModel(fleet), alias: "champion" }),
  },
  {
    name: "resolve by stage",
    connections: 8,
    next: (fleet) =>
      get("registered-models/get-latest-versions", { name: anyModel(fleet), stages: "Production" }),
  },
  {
    name: "list page of 100 models",
    connections: 1,
    next: () => get("registered-models/search", { max_results: "100" }),
  },
  {
    name: "search models by name",
    connections: 1,
    next: (fleet) =>
      get("registered-models/search", {
        max_results: "100",
        filter: `name LIKE '%${anyModel(fleet).slice(-4)}%'`,
      }),
  },
  {
    name: "search models by tag",
    connections: 1,
    next: () => get("registered-models/search", { max_results: "100", filter: "tags.team = 'team-7'" }),
  },
  {
    name: "page of versions of a model",
    connections: 1,
    next: (fleet) =>
      get("model-versions/search", { max_results: "100", filter: `name = '${anyModel(fleet)}'` }),
  },
  {
    name: "page of all versions",
    connections: 1,
    next: () => get("model-versions/search", { max_results: "100" }),
  },
  {
    name: "set an alias",
    connections: 4,
    next: (fleet) => ({
      method: "POST",
      path: "/api/2.0/mlflow/registered-models/alias",
      body: JSON.stringify({
        name: anyModel(fleet),
        alias: "canary",
        version: String(1 + (turn % fleet.versions)),
      }),
    }),
  },
];
