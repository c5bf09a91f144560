import { migrationFolders } from "@runweir/api-app/prepare-database";
import type { LogTransport } from "@runweir/ingest-domain";
import { createKafkaLog, type LogTopic, openInboundTopic, openPointsTopic } from "@runweir/ingest-kafka";
import { type Admin, type KafkaSettings, openKafka } from "@runweir/kafka";
import { testKafkaSettings } from "@runweir/kafka-broker/testing";
import { createTestDatabase } from "@runweir/postgres/testing";
import { createAppliedState, createMetricReader } from "@runweir/tracking-postgres";
import type { MetricTestDatabase } from "@runweir/tracking-postgres/testing";
import { expect } from "vitest";
import type { IngestSettings } from "../src/config.ts";
import { createIngest, type Ingest } from "../src/create-ingest.ts";

const silent = { warn() {}, debug() {} };

/** A database, topics of its own on a real broker, and the services that a test wants between them. */
export interface TestPipeline {
  readonly database: MetricTestDatabase;
  readonly settings: KafkaSettings;
  readonly admin: Admin;
  readonly topic: LogTopic;
  /** Where producers that are not ours write. */
  readonly inbound: LogTopic;
  readonly reader: ReturnType<typeof createMetricReader>;
  openLog(options?: { readonly readMs?: number; readonly appendMs?: number }): LogTransport;
  startIngest(settings?: Partial<IngestSettings>): Promise<Ingest>;
  /** Resolves when everything that the inbound topic holds now is applied. */
  inboundApplied(): Promise<void>;
  drop(): Promise<void>;
}

export async function createTestPipeline(settings = testKafkaSettings()): Promise<TestPipeline> {
  const database = await createTestDatabase(migrationFolders);
  const kafka = openKafka(settings, "test", silent);
  const admin = kafka.admin();
  await admin.connect();
  const topic = await openPointsTopic(admin, settings);
  const inbound = await openInboundTopic(admin, settings);
  const logs: LogTransport[] = [];
  const services: Ingest[] = [];
  return {
    database,
    settings,
    admin,
    topic,
    inbound,
    reader: createMetricReader({ database }),
    openLog(options = {}) {
      const state = createAppliedState({ database });
      const log = createKafkaLog({ kafka, topic, state, clock: Date, readMs: 30_000, ...options });
      logs.push(log);
      return log;
    },
    async startIngest(given = {}) {
      const ingest = await createIngest({
        settings: {
          host: "127.0.0.1",
          port: 0,
          sessionMs: 10_000,
          identity: "open",
          inboundAccount: undefined,
          logLevel: "silent",
          logFormat: "json",
          traces: { endpoint: undefined, share: 1 },
          ...given,
        },
        kafka: settings,
        databaseUrl: database.url,
      });
      services.push(ingest);
      return ingest;
    },
    async inboundApplied() {
      const ends = await admin.fetchTopicOffsets(inbound.topic);
      const state = createAppliedState({ database });
      await expect
        .poll(
          async () => {
            const applied = await state.positions(inbound.source);
            return ends.filter(
              ({ partition, high }) => (applied.get(partition)?.nextOffset ?? 0) < Number(high),
            );
          },
          { timeout: 60_000, interval: 20 },
        )
        .toEqual([]);
    },
    async drop() {
      await Promise.all(logs.map((log) => log.close()));
      await Promise.all(services.map((service) => service.close()));
      await admin.disconnect();
      await database.drop();
    },
  };
}
