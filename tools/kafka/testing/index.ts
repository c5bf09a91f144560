import { randomBytes } from "node:crypto";
import type { KafkaSettings } from "@runweir/kafka";

/** Whether there is no broker to test against; the set-up has said why. */
export const kafkaMissing = process.env.RUNWEIR_TEST_KAFKA === undefined;

/** Settings for the test run's broker (or others) with topics that nobody else uses. */
export function testKafkaSettings(brokers = process.env.RUNWEIR_TEST_KAFKA ?? ""): KafkaSettings {
  return {
    brokers: brokers.split(","),
    tls: undefined,
    sasl: undefined,
    topicPrefix: `test-${randomBytes(4).toString("hex")}`,
    retentionHours: 1,
    replication: undefined,
  };
}
