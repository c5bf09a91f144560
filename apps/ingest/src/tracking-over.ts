import { randomBytes } from "node:crypto";
import type { Database } from "@runweir/postgres";
import { createTracking, type Tracking, type TrackingStore } from "@runweir/tracking-domain";
import { createDirectLog, createMetricReader } from "@runweir/tracking-postgres";

/**
 * The tracking service over a store of a transaction, for what producers say of runs. Points come with the log, not
 * through the service; whatever it were asked to append would go straight into the database.
 */
export function createTrackingOver(database: Database): (store: TrackingStore) => Tracking {
  const log = createDirectLog({ database });
  const metricReader = createMetricReader({ database });
  return (store) =>
    createTracking({
      store,
      log,
      metricReader,
      clock: Date,
      newId: () => randomBytes(16).toString("hex"),
      random: Math.random,
      artifactLocation: (experimentId) => `mlflow-artifacts:/${experimentId}`,
    });
}
