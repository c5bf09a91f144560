import { type Database, translateFailures } from "@runweir/postgres";
import type { TrackingStore } from "@runweir/tracking-domain";
import { createAnnouncer } from "./announcer.ts";
import { experimentStore } from "./experiment-store.ts";
import { loggedModelStore } from "./logged-model-store.ts";
import { runStore } from "./run-store.ts";

/** Everything but metric points. `onError` hears of changes that could not be announced; the changes themselves stay. */
export function createTrackingStore(options: {
  readonly database: Database;
  readonly onError?: ((error: unknown) => void) | undefined;
}): TrackingStore {
  const database = translateFailures(options.database);
  const announcer = createAnnouncer(options.database, options.onError ?? (() => {}));
  return {
    ...experimentStore(database, announcer),
    ...runStore(database, announcer),
    ...loggedModelStore(database, announcer),
  };
}
