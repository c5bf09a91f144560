import { logTransportContract, rowsOf } from "@runweir/ingest-domain/testing";
import { createMetricTestDatabase, insertRun } from "../../testing/metric-test-database.ts";
import { createDirectLog } from "./direct-log.ts";
import { createMetricReader } from "./metric-reader.ts";

logTransportContract(async () => {
  const database = await createMetricTestDatabase();
  const reader = createMetricReader({ database });
  const [first, second] = [createDirectLog({ database }), createDirectLog({ database, lanes: 1 })];
  return {
    first,
    second,
    open: async () => createDirectLog({ database }),
    insertRun: (runId, workspace) => insertRun(database, runId, workspace === undefined ? 1 : 2, workspace),
    async deleteRun(runId) {
      await database.query("UPDATE tracking.run SET lifecycle_stage = 'deleted' WHERE run_id = $1", [runId]);
    },
    storedRows: async (runId, key) =>
      rowsOf(key, (await reader.history({ runId, key, offset: 0, limit: 1e7 })).points),
    async drop() {
      await Promise.all([first.close(), second.close()]);
      await database.drop();
    },
  };
});
