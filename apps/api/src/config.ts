import { resolve } from "node:path";
import {
  choiceSetting,
  flagSetting,
  listSetting,
  parseEnvironment,
  portSetting,
  postgresUrlSetting,
  secretKeySettings,
  type TraceSettings,
  toSecretKeyPlace,
  traceSettings,
  wholeNumberSetting,
} from "@runweir/config";
import { DomainError } from "@runweir/errors";
import type { QuotaLimits } from "@runweir/ingest-domain";
import { type KafkaSettings, kafkaSettings, toKafkaSettings } from "@runweir/kafka";
import type { InstanceKeyPlace } from "@runweir/secrets";
import { type LogLevel, logLevels } from "@runweir/telemetry";
import { type ZoneName, zones } from "@runweir/web-zones";
import { z } from "zod";
import { type IdentitySettings, identitySettings, readIdentitySettings } from "./identity-settings.ts";

export interface ApiSettings {
  readonly host: string;
  readonly port: number;
  /** Names and origins besides loopback, for a proxy in front. */
  readonly allowedHosts: readonly string[];
  readonly allowedOrigins: readonly string[];
  /** Where artifacts are kept unless an experiment says otherwise: a folder, or an S3 bucket. */
  readonly artifactRoot:
    | { readonly kind: "folder"; readonly folder: string }
    | { readonly kind: "s3"; readonly bucket: string; readonly prefix: string };
  /** `s3://bucket/prefix` and folders that experiments may name themselves. */
  readonly artifactPrefixes: readonly string[];
  readonly artifactFolders: readonly string[];
  /** Of a store that is not Amazon's, and where it is; credentials come from where the AWS SDK looks for them. */
  readonly s3Endpoint: string | undefined;
  readonly s3Region: string | undefined;
  /** What the source of a registered model version has to match. */
  readonly modelSources: RegExp | undefined;
  /** The way in for metrics; straight into Postgres without it. */
  readonly kafka: KafkaSettings | undefined;
  /** Who writes snapshots and answers SQL over them. */
  readonly warehouseUrl: string | undefined;
  readonly identity: IdentitySettings;
  /** For `readInstanceKeys`: what is signed and encrypted here needs one. */
  readonly secretKeys: InstanceKeyPlace;
  readonly traces: TraceSettings;
  /** Hosts that webhooks may go to though they are not on the public internet, also by plain HTTP. */
  readonly webhookPrivateHosts: readonly string[];
  /** What runs and workspaces may log through any door. */
  readonly quotas: QuotaLimits;
  /** How long a body of points may pause. */
  readonly streamIdleMs: number;
  /** Adds `POST /__reset`, which forgets everything. */
  readonly testing: boolean;
  readonly logLevel: LogLevel;
  readonly logFormat: "json" | "pretty";
}

const s3Address = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/;

const schema = z.object({
  RUNWEIR_HOST: z.string().prefault("127.0.0.1"),
  RUNWEIR_PORT: portSetting(5050),
  RUNWEIR_HOME: z.string().prefault(".runweir"),
  RUNWEIR_ALLOWED_HOSTS: listSetting(),
  RUNWEIR_ALLOWED_ORIGINS: listSetting(),
  RUNWEIR_ARTIFACT_ROOT: z.string().optional(),
  RUNWEIR_ARTIFACT_PREFIXES: z
    .string()
    .regex(/^s3:\/\/[^,]+(,\s*s3:\/\/[^,]+)*$/)
    .optional()
    .meta({ allowed: "s3:// addresses separated by commas" }),
  RUNWEIR_ARTIFACT_FOLDERS: listSetting(),
  RUNWEIR_S3_ENDPOINT: z.url().optional().meta({ allowed: "an address like http://127.0.0.1:9000" }),
  RUNWEIR_S3_REGION: z.string().optional(),
  AWS_REGION: z.string().optional(),
  RUNWEIR_MODEL_SOURCES: z
    .string()
    .transform(toPattern)
    .optional()
    .meta({ allowed: "a regular expression like ^(mlflow-artifacts|models|runs):/" }),
  RUNWEIR_WAREHOUSE_URL: z.url().optional().meta({ allowed: "an address like http://127.0.0.1:5070" }),
  ...kafkaSettings,
  ...traceSettings,
  ...secretKeySettings,
  ...identitySettings,
  RUNWEIR_WEBHOOK_PRIVATE_HOSTS: listSetting(),
  RUNWEIR_QUOTA_POINTS_PER_SECOND_RUN: wholeNumberSetting({ fallback: 0, min: 0, max: 1e12 }),
  RUNWEIR_QUOTA_POINTS_PER_SECOND_WORKSPACE: wholeNumberSetting({ fallback: 0, min: 0, max: 1e12 }),
  RUNWEIR_QUOTA_METRIC_NAMES: wholeNumberSetting({ fallback: 250_000, min: 0, max: 1e9 }),
  RUNWEIR_STREAM_IDLE_SECONDS: wholeNumberSetting({ fallback: 60, min: 1, max: 86_400 }),
  RUNWEIR_TESTING: flagSetting(),
  RUNWEIR_LOG_LEVEL: choiceSetting(logLevels, "info"),
  RUNWEIR_LOG_FORMAT: choiceSetting(["json", "pretty"], "json"),
});

type Environment = Readonly<Record<string, string | undefined>>;

/** Throws `invalid_argument` naming each wrong variable, and `failed_precondition` for what may not be served like that. */
export function readApiSettings(environment: Environment): ApiSettings {
  const values = parseEnvironment(schema, environment);
  const identity = readIdentitySettings(values);
  const publicUrl = identity.publicUrl === undefined ? undefined : new URL(identity.publicUrl);
  return {
    host: values.RUNWEIR_HOST,
    port: values.RUNWEIR_PORT,
    allowedHosts: [...values.RUNWEIR_ALLOWED_HOSTS, ...(publicUrl ? [publicUrl.hostname] : [])],
    allowedOrigins: [...values.RUNWEIR_ALLOWED_ORIGINS, ...(publicUrl ? [publicUrl.origin] : [])],
    identity,
    artifactRoot: readArtifactRoot(values.RUNWEIR_ARTIFACT_ROOT ?? `${values.RUNWEIR_HOME}/artifacts`),
    artifactPrefixes: values.RUNWEIR_ARTIFACT_PREFIXES?.split(",").map((prefix) => prefix.trim()) ?? [],
    artifactFolders: values.RUNWEIR_ARTIFACT_FOLDERS.map((folder) => resolve(folder)),
    s3Endpoint: values.RUNWEIR_S3_ENDPOINT,
    s3Region: values.RUNWEIR_S3_REGION ?? values.AWS_REGION,
    modelSources: values.RUNWEIR_MODEL_SOURCES,
    kafka: toKafkaSettings(values),
    warehouseUrl: values.RUNWEIR_WAREHOUSE_URL,
    secretKeys: toSecretKeyPlace(values),
    traces: { endpoint: values.RUNWEIR_OTLP_ENDPOINT, share: values.RUNWEIR_TRACE_SHARE },
    webhookPrivateHosts: values.RUNWEIR_WEBHOOK_PRIVATE_HOSTS,
    quotas: {
      pointsPerSecondOfRun: values.RUNWEIR_QUOTA_POINTS_PER_SECOND_RUN,
      pointsPerSecondOfWorkspace: values.RUNWEIR_QUOTA_POINTS_PER_SECOND_WORKSPACE,
      metricNames: values.RUNWEIR_QUOTA_METRIC_NAMES,
    },
    streamIdleMs: values.RUNWEIR_STREAM_IDLE_SECONDS * 1_000,
    testing: values.RUNWEIR_TESTING,
    logLevel: values.RUNWEIR_LOG_LEVEL,
    logFormat: values.RUNWEIR_LOG_FORMAT,
  };
}

export interface ServiceSettings {
  readonly api: ApiSettings;
  readonly databaseUrl: string;
  /** `RUNWEIR_ZONE_SHELL=http://127.0.0.1:5051` and so on; a zone without address has no pages here. */
  readonly zoneUrls: Partial<Record<ZoneName, string>>;
}

/** The settings of the API as a service of its own. */
export function readServiceSettings(environment: Environment = process.env): ServiceSettings {
  const names = Object.keys(zones) as ZoneName[];
  const variable = (zone: ZoneName) => `RUNWEIR_ZONE_${zone.toUpperCase()}`;
  const address = z.url().optional().meta({ allowed: "an address like http://127.0.0.1:5051" });
  const services = parseEnvironment(
    z.object(Object.fromEntries(names.map((zone) => [variable(zone), address]))),
    environment,
  );
  const { RUNWEIR_DATABASE_URL } = parseEnvironment(
    z.object({ RUNWEIR_DATABASE_URL: postgresUrlSetting() }),
    environment,
  );
  return {
    api: readApiSettings(environment),
    databaseUrl: RUNWEIR_DATABASE_URL,
    zoneUrls: Object.fromEntries(names.map((zone) => [zone, services[variable(zone)]])),
  };
}

function toPattern(text: string, context: z.RefinementCtx): RegExp {
  try {
    return new RegExp(text, "u");
  } catch {
    context.addIssue("not a regular expression");
    return z.NEVER;
  }
}

function readArtifactRoot(text: string): ApiSettings["artifactRoot"] {
  const [, bucket, prefix = ""] = s3Address.exec(text) ?? [];
  if (bucket) return { kind: "s3", bucket, prefix: prefix.replace(/\/+$/, "") };
  if (/^[a-z][a-z0-9+.-]+:/i.test(text)) {
    throw new DomainError(
      "invalid_argument",
      `RUNWEIR_ARTIFACT_ROOT is ${JSON.stringify(text)}; allowed is a folder, or an address like s3://bucket/prefix.`,
      { reason: "environment" },
    );
  }
  return { kind: "folder", folder: resolve(text) };
}
