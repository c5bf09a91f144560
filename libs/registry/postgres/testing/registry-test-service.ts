import { localOwner } from "@runweir/identity-domain";
import { outboxMigrations } from "@runweir/outbox";
import { createTestDatabase } from "@runweir/postgres/testing";
import { createRegistry } from "@runweir/registry-domain";
import { trackedPlaces } from "@runweir/tracking-domain/testing";
import { createRegistryStore, registryMigrations } from "../src/index.ts";

/** The whole service over a fresh database. Its clock stands still unless a test moves it. */
export async function createRegistryTestService(places: Parameters<typeof trackedPlaces>[0] = {}) {
  const database = await createTestDatabase([outboxMigrations, registryMigrations]);
  const clock = {
    time: 1_790_000_000_000,
    now() {
      return this.time;
    },
  };
  const recorded: string[] = [];
  const registry = createRegistry({
    store: createRegistryStore({ database }),
    tracking: trackedPlaces(places, recorded),
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
