import { localOwner } from "@runweir/identity-domain";
import { createSnapshotTestPlace } from "@runweir/snapshot-duckdb/testing";
import { createSnapshotCurrency } from "@runweir/snapshot-postgres";
import {
  createTracking,
  runTableService,
  type SnapshotPath,
  type TrackingDependencies,
} from "@runweir/tracking-domain";
import { createDirectLog, createMetricReader, createTrackingStore } from "@runweir/tracking-postgres";
import { createSnapshotRuns } from "../src/index.ts";
import { openSnapshotSql } from "./open-snapshot-sql.ts";

/** One database and its snapshots, and two services over them: one asks the snapshots whatever it may, the other never. */
export async function openBothWays() {
  const place = await createSnapshotTestPlace();
  const { database } = place;
  const log = createDirectLog({ database });
  const snapshotSql = await openSnapshotSql({ home: place.home, snapshots: place.openReader() });
  const troubles: unknown[] = [];
  const path: SnapshotPath = {
    runs: createSnapshotRuns(snapshotSql.sql),
    currency: createSnapshotCurrency(database),
    runsAtLeast: 0,
    onTrouble: (error) => troubles.push(error),
  };
  let count = 0;
  const dependencies: TrackingDependencies = {
    store: createTrackingStore({ database }),
    log,
    metricReader: createMetricReader({ database }),
    clock: { now: () => 1_790_000_000_000 },
    newId: () => {
      count += 1;
      return ((count * 0x9e37_79b1) >>> 0).toString(16).padStart(32, "0");
    },
    random: () => 0.5,
    artifactLocation: (experimentId) => `mlflow-artifacts:/${experimentId}`,
  };
  const open = (snapshotPath?: SnapshotPath) => {
    const given = { ...dependencies, snapshotPath };
    return { ...createTracking(given), ...runTableService(given) };
  };
  return {
    database,
    caller: localOwner("test"),
    store: open(),
    snapshot: open(path),
    path,
    /** Questions that went to snapshots. */
    asked: snapshotSql.asked,
    /** Why answers did not come from a snapshot after all. */
    troubles,
    pass: place.pass,
    async close() {
      await snapshotSql.close();
      await log.close();
      await place.close();
    },
  };
}
