import { choiceSetting, listSetting, wholeNumberSetting } from "@runweir/config";
import { DomainError } from "@runweir/errors";
import { z } from "zod";

export interface KafkaSettings {
  /** `host:port` of some brokers; the others are learned from them. */
  readonly brokers: readonly string[];
  /** With a CA file for certificates that the system does not know. */
  readonly tls: { readonly caFile: string | undefined } | undefined;
  readonly sasl:
    | {
        readonly mechanism: "plain" | "scram-sha-256" | "scram-sha-512";
        readonly username: string;
        readonly password: string;
      }
    | undefined;
  /** First part of the names of topics and groups. */
  readonly topicPrefix: string;
  /** How long a topic that we make keeps records, at least as long as the consumer may be away. */
  readonly retentionHours: number;
  /** Copies of each partition of a topic that we make; undefined: three, or as many as there are brokers. */
  readonly replication: number | undefined;
}

/** The variables, as fields of an app's schema. */
export const kafkaSettings = {
  RUNWEIR_KAFKA_BROKERS: listSetting(),
  RUNWEIR_KAFKA_TLS: choiceSetting(["on", "off"], "off"),
  RUNWEIR_KAFKA_CA_FILE: z.string().min(1).optional(),
  RUNWEIR_KAFKA_SASL_MECHANISM: z
    .enum(["plain", "scram-sha-256", "scram-sha-512"])
    .optional()
    .meta({ allowed: "one of plain, scram-sha-256, scram-sha-512" }),
  RUNWEIR_KAFKA_USERNAME: z.string().optional(),
  RUNWEIR_KAFKA_PASSWORD: z.string().optional().meta({ secret: true }),
  RUNWEIR_KAFKA_TOPIC_PREFIX: z
    .string()
    .regex(/^[a-zA-Z0-9][a-zA-Z0-9._-]{0,99}$/)
    .prefault("runweir")
    .meta({ allowed: "1 to 100 letters, digits, dots, dashes and underscores" }),
  RUNWEIR_KAFKA_RETENTION_HOURS: wholeNumberSetting({ fallback: 168, min: 1, max: 100_000 }),
  RUNWEIR_KAFKA_REPLICATION: wholeNumberSetting({ fallback: 0, min: 0, max: 100 }),
} as const;

type Values = z.infer<z.ZodObject<typeof kafkaSettings>>;

/** Undefined without brokers. Throws `invalid_argument` where the variables contradict each other. */
export function toKafkaSettings(values: Values): KafkaSettings | undefined {
  const brokers = values.RUNWEIR_KAFKA_BROKERS;
  if (brokers.length === 0) return undefined;
  const wrong = brokers.find((broker) => !/^(\[[0-9a-f:]+\]|[^\s:/]+):\d{1,5}$/i.test(broker));
  if (wrong !== undefined)
    throw contradiction(
      `RUNWEIR_KAFKA_BROKERS holds ${JSON.stringify(wrong)}; allowed are host:port, separated by commas.`,
    );
  return {
    brokers,
    tls: values.RUNWEIR_KAFKA_TLS === "on" ? { caFile: values.RUNWEIR_KAFKA_CA_FILE } : undefined,
    sasl: readSasl(values),
    topicPrefix: values.RUNWEIR_KAFKA_TOPIC_PREFIX,
    retentionHours: values.RUNWEIR_KAFKA_RETENTION_HOURS,
    replication: values.RUNWEIR_KAFKA_REPLICATION || undefined,
  };
}

function readSasl(values: Values): KafkaSettings["sasl"] {
  const mechanism = values.RUNWEIR_KAFKA_SASL_MECHANISM;
  const { RUNWEIR_KAFKA_USERNAME: username, RUNWEIR_KAFKA_PASSWORD: password } = values;
  if (!mechanism) {
    if (username === undefined && password === undefined) return undefined;
    throw contradiction(
      "RUNWEIR_KAFKA_USERNAME or RUNWEIR_KAFKA_PASSWORD is set, but RUNWEIR_KAFKA_SASL_MECHANISM is not.",
    );
  }
  if (!username || !password)
    throw contradiction(
      "With RUNWEIR_KAFKA_SASL_MECHANISM, RUNWEIR_KAFKA_USERNAME and RUNWEIR_KAFKA_PASSWORD are needed too.",
    );
  return { mechanism, username, password };
}

function contradiction(message: string): DomainError {
  return new DomainError("invalid_argument", message, { reason: "environment" });
}
