import type { LogTransport } from "@runweir/ingest-domain";
import { createKafkaLog, openPointsTopic } from "@runweir/ingest-kafka";
import { type KafkaSettings, openKafka } from "@runweir/kafka";
import type { Database } from "@runweir/postgres";
import type { Logger, Metrics, Tracing } from "@runweir/telemetry";
import { createAppliedState, createDirectLog, startMetricMaintenance } from "@runweir/tracking-postgres";
import { createLogMetrics } from "./log-metrics.ts";
import { traceLog } from "./trace-log.ts";

export interface OpenLog {
  readonly log: LogTransport;
  close(): Promise<void>;
}

/**
 * The way in for metric points: straight into Postgres, with folding in this process, or through Kafka, where the ingest
 * service applies and folds. Fails with `failed_precondition` when the cluster cannot be used as it is.
 */
export async function createLog(options: {
  readonly kafka: KafkaSettings | undefined;
  readonly database: Database;
  readonly clock: { now(): number };
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly tracing: Tracing;
}): Promise<OpenLog> {
  const { kafka: settings, database, clock, logger, metrics, tracing } = options;
  const warn = (message: string, error: unknown) => logger.warn({ err: error }, message);
  if (!settings) {
    const log = createDirectLog({ database });
    const maintenance = startMetricMaintenance({ database, clock, onError: warn });
    return {
      log: traceLog(log, tracing),
      async close() {
        await Promise.all([maintenance.stop(), log.close()]);
      },
    };
  }
  const kafka = openKafka(settings, "runweir-api", logger);
  const admin = kafka.admin();
  await admin.connect().catch(() => {});
  const topic = await openPointsTopic(admin, settings).finally(() => admin.disconnect().catch(() => {}));
  const recorded = createLogMetrics(metrics.registry, () => log.queuedBytes);
  const state = createAppliedState({ database });
  const log = createKafkaLog({
    kafka,
    topic,
    state,
    clock,
    traceparent: tracing.traceparent,
    onTrouble: warn,
    ...recorded,
  });
  return { log: traceLog(log, tracing), close: log.close };
}
