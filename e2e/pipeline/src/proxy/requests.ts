import type { Matcher } from "./link.ts";

const produceKey = 0;

/** A Kafka request begins with its length, its kind and version, a number, and the client's name; kafkajs writes it whole. */
export const isProduceRequest: Matcher = (chunk) =>
  chunk.length > 14 &&
  chunk.readInt16BE(4) === produceKey &&
  chunk.readInt16BE(6) <= 11 &&
  chunk.subarray(14, 14 + chunk.readInt16BE(12)).includes("runweir");

/** The statement that moves a partition on, by its name in the extended protocol. */
export const isApplyStatement: Matcher = (chunk) => chunk.includes("tracking.apply_segments");
