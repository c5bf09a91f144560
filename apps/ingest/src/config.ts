import {
  choiceSetting,
  parseEnvironment,
  portSetting,
  postgresUrlSetting,
  type TraceSettings,
  traceSettings,
  wholeNumberSetting,
} from "@runweir/config";
import { DomainError } from "@runweir/errors";
import { type KafkaSettings, kafkaSettings, toKafkaSettings } from "@runweir/kafka";
import { type LogLevel, logLevels } from "@runweir/telemetry";
import { z } from "zod";

export interface IngestSettings {
  /** Of the port for health and metrics. */
  readonly host: string;
  readonly port: number;
  readonly traces: TraceSettings;
  /** How long a consumer may be silent before its partitions go to the others; the broker's limits apply. */
  readonly sessionMs: number;
  /** Whether messages of the inbound topic are applied with rights of their own. */
  readonly identity: "open" | "required";
  /** The service account whose rights they have. */
  readonly inboundAccount: string | undefined;
  readonly logLevel: LogLevel;
  readonly logFormat: "json" | "pretty";
}

const schema = z.object({
  RUNWEIR_DATABASE_URL: postgresUrlSetting(),
  RUNWEIR_INGEST_HOST: z.string().prefault("127.0.0.1"),
  RUNWEIR_INGEST_PORT: portSetting(5062),
  RUNWEIR_INGEST_SESSION_MS: wholeNumberSetting({ fallback: 10_000, min: 1_000, max: 300_000 }),
  RUNWEIR_IDENTITY: choiceSetting(["open", "required"], "open"),
  RUNWEIR_INBOUND_ACCOUNT: z.string().min(1).optional(),
  RUNWEIR_LOG_LEVEL: choiceSetting(logLevels, "info"),
  RUNWEIR_LOG_FORMAT: choiceSetting(["json", "pretty"], "json"),
  ...kafkaSettings,
  ...traceSettings,
});

/** Throws `invalid_argument` naming each wrong variable. */
export function readIngestSettings(environment: Readonly<Record<string, string | undefined>> = process.env): {
  readonly settings: IngestSettings;
  readonly kafka: KafkaSettings;
  readonly databaseUrl: string;
} {
  const values = parseEnvironment(schema, environment);
  const kafka = toKafkaSettings(values);
  if (!kafka)
    throw new DomainError(
      "invalid_argument",
      "RUNWEIR_KAFKA_BROKERS is not set; allowed are host:port, separated by commas.",
      { reason: "environment" },
    );
  return {
    settings: {
      host: values.RUNWEIR_INGEST_HOST,
      port: values.RUNWEIR_INGEST_PORT,
      traces: { endpoint: values.RUNWEIR_OTLP_ENDPOINT, share: values.RUNWEIR_TRACE_SHARE },
      sessionMs: values.RUNWEIR_INGEST_SESSION_MS,
      identity: values.RUNWEIR_IDENTITY,
      inboundAccount: values.RUNWEIR_INBOUND_ACCOUNT,
      logLevel: values.RUNWEIR_LOG_LEVEL,
      logFormat: values.RUNWEIR_LOG_FORMAT,
    },
    kafka,
    databaseUrl: values.RUNWEIR_DATABASE_URL,
  };
}
