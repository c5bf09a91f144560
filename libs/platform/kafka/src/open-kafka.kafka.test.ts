import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { certificateFile, type KafkaCluster, startKafka } from "@runweir/kafka-broker";
import { kafkaMissing, testKafkaSettings } from "@runweir/kafka-broker/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { clusterName } from "./cluster-name.ts";
import { ensureTopic } from "./ensure-topic.ts";
import type { KafkaSettings } from "./kafka-settings.ts";
import { openKafka } from "./open-kafka.ts";

const silent = { warn() {}, debug() {} };
const account = { username: "runweir", password: "only-for-this-test" };

describe.skipIf(kafkaMissing)("a broker that asks who its clients are", () => {
  let folder: string;
  let cluster: KafkaCluster;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "runweir-kafka-tls-"));
    cluster = await startKafka({ folder, security: account });
  });
  afterAll(async () => {
    await cluster?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const settings = (change: Partial<KafkaSettings> = {}): KafkaSettings => ({
    ...testKafkaSettings(cluster.addresses.join(",")),
    tls: { caFile: certificateFile(folder) },
    sasl: { mechanism: "plain", ...account },
    ...change,
  });

  /** What a service does first, and one record there and back. */
  async function use(given: KafkaSettings): Promise<string> {
    const kafka = openKafka(given, "test", silent);
    const admin = kafka.admin();
    const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 });
    try {
      const name = await clusterName(admin);
      const topic = `${given.topicPrefix}.secured`;
      await ensureTopic(admin, {
        topic,
        partitions: 1,
        replication: 1,
        retentionMs: 3_600_000,
        messageBytesMax: 1_048_576,
      });
      await producer.connect();
      await producer.send({ topic, acks: -1, messages: [{ value: "kept" }] });
      expect((await admin.fetchTopicOffsets(topic))[0]?.high).toBe("1");
      return name;
    } finally {
      await producer.disconnect();
      await admin.disconnect();
    }
  }

  test.each(["plain", "scram-sha-256", "scram-sha-512"] as const)(
    "lets in who can prove it by %s over TLS",
    async (mechanism) => {
      expect(await use(settings({ sasl: { mechanism, ...account } }))).toMatch(/^[\w-]{22}$/);
    },
  );

  test.each([0, 1])("is found though another broker of the list is gone (place %i)", async (place) => {
    // Nobody listens on this port.
    const brokers = cluster.addresses.toSpliced(place, 0, "127.0.0.1:1");
    expect(await use(settings({ brokers }))).toMatch(/^[\w-]{22}$/);
  });

  test("a wrong password, no account and a certificate that nobody vouches for are one clear error each", async () => {
    const wrong = settings({ sasl: { mechanism: "plain", username: "runweir", password: "guessed" } });
    await expect(use(wrong)).rejects.toThrow(/Kafka does not answer: .*[Aa]uthentication failed/);
    await expect(use(settings({ tls: { caFile: undefined } }))).rejects.toThrow(
      /Kafka does not answer: .*self-signed certificate/,
    );
    await expect(use(settings({ tls: { caFile: join(folder, "nowhere.pem") } }))).rejects.toThrow(
      "RUNWEIR_KAFKA_CA_FILE cannot be read",
    );
  });
});
