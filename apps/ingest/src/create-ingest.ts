import { createHttpServer } from "@runweir/http";
import { appendAudit } from "@runweir/identity-postgres";
import { spareColumns } from "@runweir/ingest-domain";
import { inboundRecords, openInboundTopic, openPointsTopic, pointRecords } from "@runweir/ingest-kafka";
import { type KafkaSettings, openKafka } from "@runweir/kafka";
import { openDatabase } from "@runweir/postgres";
import { createLogger, createMetrics, startTracing } from "@runweir/telemetry";
import {
  createAppliedState,
  createInboundStore,
  createSegmentStore,
  startMetricMaintenance,
} from "@runweir/tracking-postgres";
import type { IngestSettings } from "./config.ts";
import { followTopic } from "./follow-topic.ts";
import { createInboundProducer } from "./inbound-producer.ts";
import { createIngestMetrics } from "./ingest-metrics.ts";
import { traceApplied } from "./trace-applied.ts";
import { createTrackingOver } from "./tracking-over.ts";

/** Memory that nothing used for so long is given back. */
const restMs = 30_000;

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
    answerMs: 15_000,
  });
  metrics.trackPool("main", database.pool);
  const kafka = openKafka(options.kafka, "runweir-ingest", logger, {
    // The answer to a join waits for the other members, for twice the session.
    silenceMs: settings.sessionMs * 2 + 10_000,
  });
  const admin = kafka.admin();
  const topics = await admin
    .connect()
    .catch(() => {})
    .then(async () => ({
      points: await openPointsTopic(admin, options.kafka),
      inbound: await openInboundTopic(admin, options.kafka),
    }))
    .catch(async (error: unknown) => {
      await Promise.allSettled([admin.disconnect(), database.close()]);
      throw error;
    });
  const tracing = await startTracing({ service: "ingest", ...settings.traces });
  const recorded = createIngestMetrics(metrics.registry, { database, clock: Date });
  const consuming = {
    kafka,
    admin,
    random: Math.random,
    onTrouble: warn,
    state: createAppliedState({ database }),
    sessionMs: settings.sessionMs,
  };
  const points = followTopic({
    ...consuming,
    topic: topics.points,
    content: pointRecords,
    store: createSegmentStore({ database }),
    groupId: `${options.kafka.topicPrefix}.ingest.v1`,
    recorded: {
      ...recorded.points,
      onApplied(stretch) {
        recorded.points.onApplied(stretch);
        traceApplied(tracing, stretch);
      },
    },
  });
  const inbound = followTopic({
    ...consuming,
    topic: topics.inbound,
    content: inboundRecords,
    store: createInboundStore({
      database,
      trackingOver: createTrackingOver(database),
      enter: appendAudit,
      producer: settings.identity === "open" ? undefined : createInboundProducer(settings.inboundAccount),
    }),
    groupId: `${options.kafka.topicPrefix}.inbound.v1`,
    recorded: recorded.inbound,
  });
  const maintenance = startMetricMaintenance({
    database,
    clock: performance,
    foldBytes: 4 * 2 ** 20,
    onError: warn,
  });
  const resting = setInterval(() => spareColumns.giveBackIfIdle(), restMs);

  const server = createHttpServer({
    logger,
    metrics,
    checkReadiness: async () => {
      const problems = [...points.problems(), ...inbound.problems()];
      await database.query("SELECT 1").catch((error: unknown) => {
        problems.push(`The database does not answer: ${(error as Error).message}`);
      });
      return { ready: problems.length === 0, problems };
    },
  });
  let closing: Promise<void> | undefined;
  async function close(): Promise<void> {
    await server.close();
    await Promise.all([points.stop(), inbound.stop()]);
    await maintenance.stop();
    clearInterval(resting);
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
