import { randomUUID } from "node:crypto";
import { localOwner } from "@runweir/identity-domain";
import { createTestDatabase } from "@runweir/postgres/testing";
import { createTracking } from "@runweir/tracking-domain";
import {
  createDirectLog,
  createMetricReader,
  createTrackingStore,
  ensureDefaultExperiment,
  trackingMigrations,
} from "../src/index.ts";

/** The whole service over a fresh database. Its clock stands still unless a test moves it. */
export async function createTrackingTestService() {
  const database = await createTestDatabase([trackingMigrations]);
  const clock = {
    time: 1_790_000_000_000,
    now() {
      return this.time;
    },
  };
  const log = createDirectLog({ database });
  const artifactLocation = (experimentId: string) => `mlflow-artifacts:/${experimentId}`;
  await ensureDefaultExperiment(database, { workspace: "default", artifactLocation, now: clock.now() });
  const tracking = createTracking({
    store: createTrackingStore({ database }),
    log,
    metricReader: createMetricReader({ database }),
    clock,
    newId: () => randomUUID().replaceAll("-", ""),
    random: Math.random,
    artifactLocation,
  });
  return {
    database,
    clock,
    log,
    tracking,
    caller: localOwner("test"),
    async drop() {
      await log.close();
      await database.drop();
    },
  };
}
