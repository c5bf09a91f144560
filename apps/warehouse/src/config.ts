import { resolve } from "node:path";
import {
  choiceSetting,
  parseEnvironment,
  portSetting,
  postgresUrlSetting,
  secretKeySettings,
  toSecretKeyPlace,
  wholeNumberSetting,
} from "@runweir/config";
import { isLoopbackName } from "@runweir/http";
import type { InstanceKeyPlace } from "@runweir/secrets";
import { type LogLevel, logLevels } from "@runweir/telemetry";
import { z } from "zod";

export interface SqlSettings {
  /** Statements at a time, each in a process of its own; one of several is always left to others. */
  readonly workers: number;
  readonly threads: number;
  /** Of one statement, in memory and on the disk. */
  readonly memoryMegabytes: number;
  readonly spillMegabytes: number;
  /** Of answers that are kept. */
  readonly cacheMegabytes: number;
}

export interface WarehouseSettings {
  /** Of the port for snapshots, health and metrics: loopback, or what only our own services reach. */
  readonly host: string;
  readonly port: number;
  /** Where snapshots lie; a folder per workspace. */
  readonly folder: string;
  /** A bucket that holds them for all machines; the folder is then a copy of what is used, of at most `cacheBytes`. */
  readonly store: SnapshotStoreSettings | undefined;
  readonly cacheBytes: number;
  readonly everySeconds: number;
  readonly memoryMegabytes: number;
  readonly threads: number;
  readonly keepSnapshots: number;
  readonly keepSeconds: number;
  readonly purgeAfterSeconds: number;
  readonly sql: SqlSettings;
  /** Whether whoever reaches the port without the API's word is the local owner, or nobody. */
  readonly identity: "open" | "required";
  /** For `readInstanceKeys`, those of the API: links to files and what the API says of who asks are held to them. */
  readonly secretKeys: InstanceKeyPlace;
  readonly logLevel: LogLevel;
  readonly logFormat: "json" | "pretty";
}

export interface SnapshotStoreSettings {
  readonly bucket: string;
  readonly prefix: string;
  readonly endpoint: string | undefined;
  readonly region: string | undefined;
}

const hour = 3_600;
const s3Address = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/;

const schema = z.object({
  RUNWEIR_DATABASE_URL: postgresUrlSetting(),
  RUNWEIR_WAREHOUSE_HOST: z.string().prefault("127.0.0.1"),
  RUNWEIR_WAREHOUSE_PORT: portSetting(5070),
  RUNWEIR_SNAPSHOT_FOLDER: z.string().prefault(".runweir/snapshots"),
  RUNWEIR_SNAPSHOT_STORE: z
    .string()
    .regex(s3Address)
    .optional()
    .meta({ allowed: "an address like s3://bucket/prefix" }),
  RUNWEIR_SNAPSHOT_CACHE_MB: wholeNumberSetting({ fallback: 20_000, min: 16, max: 1e9 }),
  RUNWEIR_S3_ENDPOINT: z.url().optional().meta({ allowed: "an address like http://127.0.0.1:9000" }),
  RUNWEIR_S3_REGION: z.string().optional(),
  AWS_REGION: z.string().optional(),
  RUNWEIR_SNAPSHOT_SECONDS: wholeNumberSetting({ fallback: 60, min: 1, max: 86_400 }),
  RUNWEIR_SNAPSHOT_MEMORY_MB: wholeNumberSetting({ fallback: 1_024, min: 128, max: 1_048_576 }),
  RUNWEIR_SNAPSHOT_THREADS: wholeNumberSetting({ fallback: 2, min: 1, max: 256 }),
  RUNWEIR_SNAPSHOT_KEEP: wholeNumberSetting({ fallback: 20, min: 1, max: 100_000 }),
  RUNWEIR_SNAPSHOT_KEEP_HOURS: wholeNumberSetting({ fallback: 24, min: 0, max: 87_600 }),
  RUNWEIR_SNAPSHOT_PURGE_HOURS: wholeNumberSetting({ fallback: 24, min: 0, max: 87_600 }),
  RUNWEIR_SQL_WORKERS: wholeNumberSetting({ fallback: 3, min: 1, max: 256 }),
  RUNWEIR_SQL_THREADS: wholeNumberSetting({ fallback: 2, min: 1, max: 256 }),
  RUNWEIR_SQL_MEMORY_MB: wholeNumberSetting({ fallback: 1_024, min: 128, max: 1_048_576 }),
  RUNWEIR_SQL_SPILL_MB: wholeNumberSetting({ fallback: 10_240, min: 64, max: 10_485_760 }),
  RUNWEIR_SQL_CACHE_MB: wholeNumberSetting({ fallback: 128, min: 1, max: 65_536 }),
  ...secretKeySettings,
  RUNWEIR_IDENTITY: z.enum(["open", "required"]).optional().meta({ allowed: "open, required" }),
  RUNWEIR_LOG_LEVEL: choiceSetting(logLevels, "info"),
  RUNWEIR_LOG_FORMAT: choiceSetting(["json", "pretty"], "json"),
});

/** Throws `invalid_argument` naming each wrong variable. */
export function readWarehouseSettings(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): { readonly settings: WarehouseSettings; readonly databaseUrl: string } {
  const values = parseEnvironment(schema, environment);
  return {
    settings: {
      host: values.RUNWEIR_WAREHOUSE_HOST,
      port: values.RUNWEIR_WAREHOUSE_PORT,
      folder: resolve(values.RUNWEIR_SNAPSHOT_FOLDER),
      store: readStore(values.RUNWEIR_SNAPSHOT_STORE, {
        endpoint: values.RUNWEIR_S3_ENDPOINT,
        region: values.RUNWEIR_S3_REGION ?? values.AWS_REGION,
      }),
      cacheBytes: values.RUNWEIR_SNAPSHOT_CACHE_MB * 1e6,
      everySeconds: values.RUNWEIR_SNAPSHOT_SECONDS,
      memoryMegabytes: values.RUNWEIR_SNAPSHOT_MEMORY_MB,
      threads: values.RUNWEIR_SNAPSHOT_THREADS,
      keepSnapshots: values.RUNWEIR_SNAPSHOT_KEEP,
      keepSeconds: values.RUNWEIR_SNAPSHOT_KEEP_HOURS * hour,
      purgeAfterSeconds: values.RUNWEIR_SNAPSHOT_PURGE_HOURS * hour,
      sql: {
        workers: values.RUNWEIR_SQL_WORKERS,
        threads: values.RUNWEIR_SQL_THREADS,
        memoryMegabytes: values.RUNWEIR_SQL_MEMORY_MB,
        spillMegabytes: values.RUNWEIR_SQL_SPILL_MB,
        cacheMegabytes: values.RUNWEIR_SQL_CACHE_MB,
      },
      // As the API has it: open on this machine alone, unless told.
      identity:
        values.RUNWEIR_IDENTITY ?? (isLoopbackName(values.RUNWEIR_WAREHOUSE_HOST) ? "open" : "required"),
      secretKeys: toSecretKeyPlace(values),
      logLevel: values.RUNWEIR_LOG_LEVEL,
      logFormat: values.RUNWEIR_LOG_FORMAT,
    },
    databaseUrl: values.RUNWEIR_DATABASE_URL,
  };
}

function readStore(
  address: string | undefined,
  server: Pick<SnapshotStoreSettings, "endpoint" | "region">,
): SnapshotStoreSettings | undefined {
  const [, bucket, prefix = ""] = s3Address.exec(address ?? "") ?? [];
  return bucket === undefined ? undefined : { bucket, prefix: prefix.replace(/\/+$/, ""), ...server };
}
