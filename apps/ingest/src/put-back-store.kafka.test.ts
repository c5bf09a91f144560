import { batchOf, rowsOf } from "@runweir/ingest-domain/testing";
import { kafkaMissing } from "@runweir/kafka-broker/testing";
import { insertRun } from "@runweir/tracking-postgres/testing";
import { expect, it } from "vitest";
import { createTestPipeline } from "../testing/test-pipeline.ts";

it.skipIf(kafkaMissing)(
  "catches up with the log unasked when the store was put back to an earlier state",
  async () => {
    const pipeline = await createTestPipeline();
    const { database, reader } = pipeline;
    try {
      await pipeline.startIngest();
      await insertRun(database, "put-back", 1);
      const log = pipeline.openLog();
      const points = batchOf([["loss", 1, 1, 0.5]]);
      await log.append({ workspace: "default", runId: "put-back", points, acknowledgement: "applied" });
      // As a backup of before has it; nothing is sent any more.
      for (const table of ["metric_segment", "metric_chunk", "metric_series", "metric_request"])
        await database.query(`DELETE FROM tracking.${table}`);
      await database.query("UPDATE tracking.ingest_position SET next_offset = 0");
      await log.awaitApplied(["put-back"]);
      const { points: stored } = await reader.history({
        runId: "put-back",
        key: "loss",
        offset: 0,
        limit: 10,
      });
      expect(rowsOf("loss", stored)).toEqual([["loss", 1, 1, 0.5]]);
    } finally {
      await pipeline.drop();
    }
  },
);
