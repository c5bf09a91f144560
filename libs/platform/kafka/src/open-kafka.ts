import { readFileSync } from "node:fs";
import { DomainError } from "@runweir/errors";
import { Kafka, type KafkaConfig, type LogEntry, logLevel, type SASLOptions } from "kafkajs";
import { answeringSocket } from "./answering-socket.ts";
import type { KafkaSettings } from "./kafka-settings.ts";

/** The two levels that reach our log: what kafkajs calls an error is, more often than not, a retry of its own. */
export interface KafkaLogger {
  warn(details: object, message: string): void;
  debug(details: object, message: string): void;
}

/**
 * A client of the cluster; connects when it is first used. Requests are really given up after their timeout (by default
 * kafkajs waits for ever, its issue 1337), and retries are few: whoever waits wants an answer.
 */
export function openKafka(
  settings: KafkaSettings,
  clientId: string,
  logger: KafkaLogger,
  options: {
    /** A connection that owes an answer for longer is given up; a member that joins a group is owed one for long. */
    readonly silenceMs?: number;
  } = {},
): Kafka {
  let asked = 0;
  return new Kafka({
    clientId,
    // One at a time, in turn: of a list each client would begin with the first, and kafkajs holds on to a broker that takes its
    // connection and then ends it, as a proxy does before a broker that is gone.
    brokers: () => {
      asked += 1;
      return [settings.brokers[asked % settings.brokers.length] as string];
    },
    ...(settings.tls ? { ssl: readTls(settings.tls.caFile) } : {}),
    ...(settings.sasl ? { sasl: { ...settings.sasl } as SASLOptions } : {}),
    connectionTimeout: 3_000,
    authenticationTimeout: 5_000,
    requestTimeout: 10_000,
    enforceRequestTimeout: true,
    socketFactory: answeringSocket(options.silenceMs ?? 12_000),
    retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 4 },
    logLevel: logLevel.INFO,
    logCreator: () => (entry) => forward(entry, logger),
  });
}

function forward({ level, namespace, log }: LogEntry, logger: KafkaLogger): void {
  const { message, timestamp: _, logger: __, ...details } = log;
  const text = `kafka ${namespace}: ${message}`;
  if (level <= logLevel.WARN) logger.warn(details, text);
  else logger.debug(details, text);
}

function readTls(caFile: string | undefined): NonNullable<KafkaConfig["ssl"]> {
  if (caFile === undefined) return true;
  try {
    return { ca: [readFileSync(caFile, "utf8")] };
  } catch (error) {
    throw new DomainError(
      "failed_precondition",
      `RUNWEIR_KAFKA_CA_FILE cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  }
}
