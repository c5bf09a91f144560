import { DomainError } from "@runweir/errors";
import { localOwner } from "@runweir/identity-domain";
import { createTestDatabase } from "@runweir/postgres/testing";
import { createRegistry, type RegistryDependencies } from "@runweir/registry-domain";
import { createRegistryStore, registryMigrations } from "../src/index.ts";

/** The whole service over a fresh database. Its clock stands still unless a test moves it. */
export async function createRegistryTestService(tracked: TrackedPlaces = {}) {
  const database = await createTestDatabase([registryMigrations]);
  const clock = {
    time: 1_790_000_000_000,
    now() {
      return this.time;
    },
  };
  const recorded: string[] = [];
  const registry = createRegistry({
    store: createRegistryStore({ database }),
    tracking: trackedPlaces(tracked, recorded),
    clock,
  });
  return {
    database,
    clock,
    registry,
    /** `<model id>: <name>/<version>`, as the tracking slice heard of them. */
    recorded,
    caller: localOwner("test"),
    drop: () => database.drop(),
  };
}

/** Where runs and logged models keep their files, by their ids. */
type TrackedPlaces = Readonly<Record<string, string>>;

/** As much of tracking as the registry asks for. Logged models begin with `m-` and come from run `trained`. */
function trackedPlaces(places: TrackedPlaces, recorded: string[]): RegistryDependencies["tracking"] {
  const find = (id: string, what: string) => {
    const place = places[id];
    if (place === undefined) throw new DomainError("not_found", `${what} with id=${id} not found`);
    return place;
  };
  return {
    getRun: async (_caller, runId) => ({
      info: {
        runId,
        runName: "tested",
        experimentId: "0",
        userId: "tester",
        status: "RUNNING",
        startTime: 0,
        endTime: null,
        artifactUri: find(runId, "Run"),
        lifecycleStage: "active",
      },
      metrics: [],
      params: [],
      tags: [],
      datasetInputs: [],
      modelInputs: [],
      modelOutputs: [],
    }),
    getLoggedModel: async (_caller, modelId) => ({
      modelId,
      experimentId: "0",
      name: "tested",
      artifactUri: find(modelId, "Logged model"),
      creationTime: 0,
      lastUpdateTime: 0,
      status: "READY",
      sourceRunId: "trained",
      tags: [],
      params: [],
      metrics: [],
    }),
    async recordModelVersion(_caller, modelId, { name, version }) {
      find(modelId, "Logged model");
      recorded.push(`${modelId}: ${name}/${version}`);
    },
  };
}
