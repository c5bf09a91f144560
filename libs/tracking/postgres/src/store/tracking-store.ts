import { type Database, type Statements, translateFailures } from "@runweir/postgres";
import type { TrackingStore } from "@runweir/tracking-domain";
import { type Announcer, createAnnouncer } from "./announcer.ts";
import { experimentStore } from "./experiment-store.ts";
import { loggedModelStore } from "./logged-model-store.ts";
import { runStore } from "./run-store.ts";

/** Everything but metric points. `onError` hears of changes that could not be announced; the changes themselves stay. */
export function createTrackingStore(options: {
  readonly database: Database;
  readonly onError?: ((error: unknown) => void) | undefined;
}): TrackingStore {
  return trackingStoreOn(options.database, createAnnouncer(options.database, options.onError ?? (() => {})));
}

/** The same over anything that takes statements; its changes are told to `announcer`. */
export function trackingStoreOn(statements: Statements, announcer: Announcer): TrackingStore {
  const translated = translateFailures(statements);
  return {
    ...experimentStore(translated, announcer),
    ...runStore(translated, announcer),
    ...loggedModelStore(translated, announcer),
  };
}
