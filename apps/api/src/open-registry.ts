import type { Database } from "@runweir/postgres";
import {
  type BulkMoves,
  createBulkMoves,
  createLoadCounter,
  createRegistry,
  guardBulkMoves,
  type LoadCounter,
  type Registry,
  type RegistryStore,
  type TargetGate,
} from "@runweir/registry-domain";
import {
  createBulkMover,
  createBulkStore,
  createLoadKeeper,
  createRegistryStore,
} from "@runweir/registry-postgres";
import type { Tracking } from "@runweir/tracking-domain";

export interface OpenRegistry {
  readonly registry: Registry;
  /** The same rules over what is seen within a transaction. */
  registryOver(store: RegistryStore): Registry;
  /** As doors get them. */
  readonly bulk: BulkMoves;
  /** For doors that clients load models by. */
  readonly loads: LoadCounter;
  stop(): Promise<void>;
}

/** The registry, and what moves many of its aliases and stages at once; `gate` stands before both. */
export function openRegistry(parts: {
  readonly database: Database;
  readonly tracking: Tracking;
  readonly clock: { now(): number };
  readonly allowedSources: RegExp | undefined;
  readonly gate: TargetGate;
  warn(message: string, error: unknown): void;
}): OpenRegistry {
  const { database, tracking, clock, allowedSources, gate, warn } = parts;
  const store = createRegistryStore({ database });
  const registryOver = (over: RegistryStore) =>
    createRegistry({ store: over, tracking, clock, allowedSources, gate });
  const registry = registryOver(store);
  const mover = createBulkMover({
    database,
    clock,
    onError: (error) => warn("A bulk move could not go on; it is tried again.", error),
  });
  const loads = createLoadCounter({ clock });
  const keeper = createLoadKeeper({
    database,
    counter: loads,
    clock,
    onError: (error) => warn("Who loads which models could not be written down; it is tried again.", error),
    onDropped: (count) => warn(`There was no room to count ${count} loads of models.`, undefined),
  });
  const bulk = createBulkMoves({
    store: createBulkStore({ database }),
    stages: store,
    clock,
    wake: mover.wake,
  });
  return {
    registry,
    registryOver,
    bulk: guardBulkMoves(bulk, { registry, gate }),
    loads,
    async stop() {
      await Promise.all([mover.stop(), keeper.stop()]);
    },
  };
}
