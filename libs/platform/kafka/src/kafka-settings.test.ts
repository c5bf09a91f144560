import { parseEnvironment } from "@runweir/config";
import { expect, test } from "vitest";
import { z } from "zod";
import { refuseOldVersion } from "./cluster-name.ts";
import { kafkaSettings, toKafkaSettings } from "./kafka-settings.ts";

const read = (environment: Record<string, string>) =>
  toKafkaSettings(parseEnvironment(z.object(kafkaSettings), environment));

test("without brokers there is no Kafka", () => {
  expect(read({})).toBeUndefined();
  expect(read({ RUNWEIR_KAFKA_BROKERS: " , " })).toBeUndefined();
});

test("brokers alone are enough", () => {
  expect(read({ RUNWEIR_KAFKA_BROKERS: "one:9092, [::1]:9093" })).toEqual({
    brokers: ["one:9092", "[::1]:9093"],
    tls: undefined,
    sasl: undefined,
    topicPrefix: "runweir",
    retentionHours: 168,
    replication: undefined,
  });
});

test("TLS and SASL are settings of their own", () => {
  expect(
    read({
      RUNWEIR_KAFKA_BROKERS: "one:9092",
      RUNWEIR_KAFKA_TLS: "on",
      RUNWEIR_KAFKA_CA_FILE: "ca.pem",
      RUNWEIR_KAFKA_SASL_MECHANISM: "scram-sha-512",
      RUNWEIR_KAFKA_USERNAME: "runweir",
      RUNWEIR_KAFKA_PASSWORD: "secret",
    }),
  ).toMatchObject({
    tls: { caFile: "ca.pem" },
    sasl: { mechanism: "scram-sha-512", username: "runweir", password: "secret" },
  });
});

test.each([
  [{ RUNWEIR_KAFKA_BROKERS: "http://one:9092" }, 'RUNWEIR_KAFKA_BROKERS holds "http://one:9092"'],
  [{ RUNWEIR_KAFKA_BROKERS: "one" }, 'RUNWEIR_KAFKA_BROKERS holds "one"'],
  [
    { RUNWEIR_KAFKA_BROKERS: "one:9092", RUNWEIR_KAFKA_PASSWORD: "secret" },
    "RUNWEIR_KAFKA_SASL_MECHANISM is not",
  ],
  [
    { RUNWEIR_KAFKA_BROKERS: "one:9092", RUNWEIR_KAFKA_SASL_MECHANISM: "plain" },
    "RUNWEIR_KAFKA_USERNAME and RUNWEIR_KAFKA_PASSWORD are needed",
  ],
  [{ RUNWEIR_KAFKA_BROKERS: "one:9092", RUNWEIR_KAFKA_TOPIC_PREFIX: "a b" }, "RUNWEIR_KAFKA_TOPIC_PREFIX"],
])("what contradicts itself is refused by name: %j", (environment, message) => {
  expect(() => read(environment)).toThrow(message);
});

test("a protocol version before 2.3 is refused, a newer one and none are not", () => {
  for (const version of ["2.3-IV1", "2.8-IV1", "3.9-IV0", undefined])
    expect(() => refuseOldVersion(version)).not.toThrow();
  for (const version of ["0.11.0-IV2", "1.1-IV0", "2.0-IV1"])
    expect(() => refuseOldVersion(version)).toThrow(`Kafka speaks protocol version ${version}`);
});
