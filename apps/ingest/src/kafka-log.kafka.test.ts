import { logTransportContract, rowsOf } from "@runweir/ingest-domain/testing";
import { kafkaMissing } from "@runweir/kafka-broker/testing";
import { insertRun } from "@runweir/tracking-postgres/testing";
import { describe } from "vitest";
import { createTestPipeline } from "../testing/test-pipeline.ts";

describe.skipIf(kafkaMissing)("through Kafka", () => {
  logTransportContract(async () => {
    const pipeline = await createTestPipeline();
    const { database, reader } = pipeline;
    await pipeline.startIngest();
    return {
      first: pipeline.openLog(),
      second: pipeline.openLog(),
      open: async () => pipeline.openLog(),
      insertRun: (runId, workspace) => insertRun(database, runId, workspace === undefined ? 1 : 2, workspace),
      async deleteRun(runId) {
        await database.query("UPDATE tracking.run SET lifecycle_stage = 'deleted' WHERE run_id = $1", [
          runId,
        ]);
      },
      storedRows: async (runId, key) =>
        rowsOf(key, (await reader.history({ runId, key, offset: 0, limit: 1e7 })).points),
      drop: pipeline.drop,
    };
  });
});
