import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { certificateFile, type KafkaCluster, startKafka } from "@runweir/kafka-broker";
import { kafkaMissing, testKafkaSettings } from "@runweir/kafka-broker/testing";
import type { Kafka } from "kafkajs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openKafka } from "../open-kafka.ts";
import { type LogView, openLogView } from "./open-log-view.ts";

const account = { username: "runweir", password: "only-for-this-test" };
const topic = "points";

describe.skipIf(kafkaMissing)("a log whose leader changes", () => {
  let folder: string;
  let cluster: KafkaCluster;
  let kafka: Kafka;
  let view: LogView;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "runweir-log-view-"));
    cluster = await startKafka({ folder, security: account });
    const settings = {
      ...testKafkaSettings(cluster.addresses.join(",")),
      tls: { caFile: certificateFile(folder) },
      sasl: { mechanism: "plain" as const, ...account },
    };
    kafka = openKafka(settings, "test", { warn() {}, debug() {} });
    const admin = kafka.admin();
    await admin.connect();
    await admin.createTopics({ topics: [{ topic, numPartitions: 2 }] });
    await admin.disconnect();
    view = openLogView(kafka, topic);
  });
  afterAll(async () => {
    await view?.close();
    await cluster?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function send(count: number): Promise<void> {
    const producer = kafka.producer({ allowAutoTopicCreation: false });
    await producer.connect();
    const messages = Array.from({ length: count }, () => ({ partition: 1, value: "kept" }));
    await producer.send({ topic, acks: -1, messages });
    await producer.disconnect();
  }

  test("tells where it ends, who leads it, and what is left of an earlier leader", async () => {
    await send(3);
    const before = await view.ends();
    const first = before.get(1)?.leaderEpoch as number;
    expect(before.get(1)?.high).toBe(3);

    const [broker] = cluster.brokers;
    const ended = new Promise((resolve) => broker?.process?.once("exit", resolve));
    broker?.process?.kill("SIGKILL");
    await ended;
    await expect(view.ends()).rejects.toMatchObject({ code: "unavailable" });
    await broker?.start();
    // Of a broker that has just started each partition is without a leader for a moment.
    await expect
      .poll(
        () =>
          view.ends().then(
            (ends) => ends.get(1)?.high,
            () => undefined,
          ),
        { timeout: 20_000 },
      )
      .toBe(3);
    await send(2);

    const second = (await view.ends()).get(1)?.leaderEpoch as number;
    expect(second).toBeGreaterThan(first);
    expect((await view.ends()).get(0)).toEqual({ high: 0, leaderEpoch: second });
    expect(await view.starts()).toEqual(
      new Map([
        [0, 0],
        [1, 0],
      ]),
    );
    const endOf = (epoch: number) => view.endOfEpoch(1, epoch);
    expect(await endOf(first)).toEqual({ epoch: first, end: 3 });
    // A leader that has written nothing is not remembered.
    expect(await endOf(second - 1)).toEqual({ epoch: first, end: 3 });
    expect(await endOf(second)).toEqual({ epoch: second, end: 5 });
    expect(await endOf(second + 1)).toBeUndefined();
  });

  test("that is not there gives no answer", async () => {
    const absent = openLogView(kafka, "absent");
    await expect(absent.ends()).rejects.toMatchObject({ code: "unavailable" });
    await absent.close();
  });
});
