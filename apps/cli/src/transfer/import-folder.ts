import { defaultWorkspace, systemCaller } from "@runweir/identity-domain";
import { createTrackingOver } from "@runweir/ingest-app";
import { createIngestion } from "@runweir/ingest-domain";
import { createRegistryImport, createRegistryStore } from "@runweir/registry-postgres";
import {
  createDirectLog,
  createMetricReader,
  createTrackingImport,
  createTrackingStore,
  startMetricMaintenance,
} from "@runweir/tracking-postgres";
import { type ImportReport, importExport, openExport } from "@runweir/transfer-duckdb";
import { readDatabasePlace } from "../config.ts";
import { withRunningDatabase } from "../open-running-database.ts";
import { openArtifacts } from "./open-artifacts.ts";
import { withDuckDb, withTemporaryFolder } from "./open-transfer-duckdb.ts";
import type { ShownProgress } from "./show-progress.ts";

/** Two write, one folds, one listens for what there is to fold, and one reads. */
const connectionsMax = 6;

/** Points go straight into the database, as they do without Kafka; they are a set, whatever comes through it besides. */
export async function importFolder(
  folder: string,
  data: string | undefined,
  onProgress: (progress: ShownProgress) => void,
): Promise<ImportReport> {
  const source = await openExport(folder);
  return withRunningDatabase(
    data,
    async (database) => {
      const store = createTrackingStore({ database });
      const log = createDirectLog({ database });
      // A server folds too; where none runs, the import would stop when enough waits to be folded.
      const maintenance = startMetricMaintenance({ database, clock: Date });
      try {
        const tracking = createTrackingOver(database)(store);
        const artifacts = await openArtifacts(readDatabasePlace(data).home, tracking);
        return await withTemporaryFolder((spill) =>
          withDuckDb([source.root], spill, (duckdb) =>
            importExport(
              duckdb,
              source,
              {
                caller: { ...systemCaller("import"), workspace: defaultWorkspace },
                tracking: createTrackingImport({
                  database,
                  artifactLocation: (experimentId) => `mlflow-artifacts:/${experimentId}`,
                }),
                store,
                registry: createRegistryImport({ database }),
                registryStore: createRegistryStore({ database }),
                places: tracking,
                ingestion: createIngestion({ log }),
                metricReader: createMetricReader({ database }),
                artifacts,
              },
              onProgress,
            ),
          ),
        );
      } finally {
        await log.close();
        await maintenance.stop();
      }
    },
    connectionsMax,
  );
}
