import { createHttpServer } from "@runweir/http";
import { localOwnerPolicy } from "@runweir/identity-domain";
import { openPointsTopic, pointRecords } from "@runweir/ingest-kafka";
import { type KafkaSettings, openKafka } from "@runweir/kafka";
import { openDatabase } from "@runweir/postgres";
import { createLogger, createMetrics, startTracing } from "@runweir/telemetry";
import { createAppliedState, createSegmentStore, startMetricMaintenance } from "@runweir/tracking-postgres";
import type { IngestSettings } from "./config.ts";
import { createIngestMetrics } from "./ingest-metrics.ts";
import { superviseConsumer } from "./supervise-consumer.ts";
import { traceApplied } from "./trace-applied.ts";
import { watchLag } from "./watch-lag.ts";

export interface Ingest {
  /** Opens the port for health and metrics; resolves with its address. */
  listen(): Promise<string>;
  /** Finishes the transactions under way and gives the partitions back. */
  close(): Promise<void>;
}

/** Puts the consumer together. Fails with `failed_precondition` when the cluster cannot be used as it is. */
export async function createIngest(options: {
  readonly settings: IngestSettings;
  readonly kafka: KafkaSettings;
  readonly databaseUrl: string;
}): Promise<Ingest> {
  const { settings } = options;
  const logger = createLogger({
    name: "ingest",
    level: settings.logLevel,
    pretty: settings.logFormat === "pretty",
  });
  const warn = (message: string, error: unknown) => logger.warn({ err: error }, message);
  const metrics = createMetrics("ingest");
  const database = openDatabase({
    url: options.databaseUrl,
    applicationName: "runweir-ingest",
    connectionsMax: 12,
  });
  metrics.trackPool("main", database.pool);
  const kafka = openKafka(options.kafka, "runweir-ingest", logger);
  const admin = kafka.admin();
  const topic = await admin
    .connect()
    .catch(() => {})
    .then(() => openPointsTopic(admin, options.kafka))
    .catch(async (error: unknown) => {
      await Promise.allSettled([admin.disconnect(), database.close()]);
      throw error;
    });
  const tracing = await startTracing({ service: "ingest", ...settings.traces });
  const recorded = createIngestMetrics(metrics.registry, { database, clock: Date });
  const consumer = superviseConsumer({
    kafka,
    admin,
    topic,
    content: pointRecords,
    store: createSegmentStore({ database }),
    state: createAppliedState({ database }),
    groupId: `${options.kafka.topicPrefix}.ingest.v1`,
    random: Math.random,
    onApplied(stretch) {
      recorded.onApplied(stretch);
      traceApplied(tracing, stretch);
    },
    sessionMs: settings.sessionMs,
    onFenced: recorded.onFenced,
    onTrouble: warn,
  });
  const lag = watchLag({ admin, topic, consumer, recorded, onTrouble: warn });
  const maintenance = startMetricMaintenance({
    database,
    clock: Date,
    foldBytes: 4 * 2 ** 20,
    onError: warn,
  });

  const server = createHttpServer({
    logger,
    metrics,
    authorizer: localOwnerPolicy,
    checkReadiness: async () => {
      const problems = [...consumer.problems(), ...lag.problems()];
      await database.query("SELECT 1").catch((error: unknown) => {
        problems.push(`The database does not answer: ${(error as Error).message}`);
      });
      return { ready: problems.length === 0, problems };
    },
  });
  let closing: Promise<void> | undefined;
  async function close(): Promise<void> {
    await server.close();
    lag.stop();
    await consumer.stop();
    await maintenance.stop();
    await Promise.allSettled([admin.disconnect()]);
    await database.close();
    await tracing.stop();
  }
  return {
    listen: () => server.listen({ host: settings.host, port: settings.port }),
    close() {
      closing ??= close();
      return closing;
    },
  };
}
