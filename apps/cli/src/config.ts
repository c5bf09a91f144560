import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { ApiSettings } from "@runweir/api-app";
import {
  choiceSetting,
  parseEnvironment,
  portSetting,
  postgresUrlSetting,
  secretKeySettings,
  toSecretKeyPlace,
} from "@runweir/config";
import { DomainError } from "@runweir/errors";
import { type InstanceKeyPlace, keyFileOf } from "@runweir/secrets";
import type { WarehouseSettings } from "@runweir/warehouse-app";
import { z } from "zod";
import { readCredentials } from "./credentials.ts";

export interface StartSettings {
  /** Everything this installation keeps; absolute. */
  readonly home: string;
  readonly host: string;
  readonly port: number;
  /** The team's own Postgres; without it one is kept in `home`. */
  readonly databaseUrl: string | undefined;
  readonly pages: "built" | "dev" | "off";
  /** Metrics go straight into Postgres, through a broker of our own, or through the team's. */
  readonly log: "direct" | "own-kafka" | "team-kafka";
  /** Whether snapshots are written by a service of our own. */
  readonly warehouse: boolean;
  readonly api: ApiSettings;
  /** The environment's settings of Kafka, with these brokers. */
  kafkaAt(brokers: string): ApiSettings["kafka"];
  /** Under npm, whose end is ours. */
  readonly byNpm: boolean;
  /** For other processes; without the secret keys. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

// Both bring along all that a server is made of; commands that need nothing of it do not wait for it.
const apiApp = () => import("@runweir/api-app");
const warehouseApp = () => import("@runweir/warehouse-app");

const databaseSchema = z.object({ RUNWEIR_DATABASE_URL: postgresUrlSetting().optional() });
const schema = databaseSchema.extend({
  RUNWEIR_ZONES: choiceSetting(["on", "off"], "on"),
  RUNWEIR_WAREHOUSE: choiceSetting(["on", "off"], "on"),
});

/** The settings of `runweir start`: options first, then the environment, then the defaults. */
export async function readStartSettings(words: readonly string[]): Promise<StartSettings> {
  const { readApiSettings } = await apiApp();
  const options = readOptions(words);
  const { environment, secrets } = splitEnvironment();
  const own = parseEnvironment(schema, environment);
  const { "--port": port } = parseEnvironment(z.object({ "--port": portSetting(5050) }), {
    "--port": options.port ?? environment.RUNWEIR_PORT,
  });
  const home = homeOf(options.data);
  const host = options.host ?? environment.RUNWEIR_HOST ?? "127.0.0.1";
  const without = options["no-pages"] || own.RUNWEIR_ZONES === "off";
  const api = readApiSettings({
    ...environment,
    ...secrets,
    RUNWEIR_HOST: host,
    RUNWEIR_PORT: String(port),
    RUNWEIR_HOME: home,
    RUNWEIR_IDENTITY: options.identity ? "required" : environment.RUNWEIR_IDENTITY,
    // A person at a terminal wants to hear of trouble; whoever collects logs wants them all.
    RUNWEIR_LOG_FORMAT: environment.RUNWEIR_LOG_FORMAT ?? (process.stdout.isTTY ? "pretty" : "json"),
    RUNWEIR_LOG_LEVEL: environment.RUNWEIR_LOG_LEVEL ?? (process.stdout.isTTY ? "warn" : "info"),
  });
  return {
    home,
    host,
    port,
    databaseUrl: own.RUNWEIR_DATABASE_URL,
    pages: without ? "off" : options.dev ? "dev" : "built",
    log: api.kafka ? "team-kafka" : options.kafka ? "own-kafka" : "direct",
    // Where the team has one, its address is known to the API already.
    warehouse: !options["no-warehouse"] && own.RUNWEIR_WAREHOUSE === "on" && api.warehouseUrl === undefined,
    api,
    kafkaAt: (brokers) =>
      readApiSettings({ ...environment, ...secrets, RUNWEIR_KAFKA_BROKERS: brokers }).kafka,
    byNpm: environment.npm_lifecycle_event !== undefined,
    environment,
  };
}

/** Where the database of a Runweir is that runs already: at an address, or in a data folder. */
export function readDatabasePlace(data: string | undefined): {
  readonly databaseUrl: string | undefined;
  readonly home: string;
} {
  const { RUNWEIR_DATABASE_URL: databaseUrl } = parseEnvironment(databaseSchema, process.env);
  return { databaseUrl, home: homeOf(data) };
}

/** Where a Runweir answers that runs already: at an address, or wherever the one in a data folder does. */
export function readServerPlace(data: string | undefined): {
  readonly url: string | undefined;
  readonly home: string;
} {
  const address = z.url().optional().meta({ allowed: "an address like http://127.0.0.1:5050" });
  const { RUNWEIR_URL: url } = parseEnvironment(z.object({ RUNWEIR_URL: address }), process.env);
  return { url, home: homeOf(data) };
}

/** Where the Runweir of this data folder has its secret keys, when it has the same environment. */
export function readSecretKeyPlace(data: string | undefined): InstanceKeyPlace {
  const { text, file } = toSecretKeyPlace(parseEnvironment(z.object(secretKeySettings), process.env));
  return text || file ? { text, file } : { file: keyFileOf(homeOf(data)) };
}

/** Who this command is, for servers that ask. */
export function readOwnCredentials(): Record<string, string> {
  return readCredentials(process.env);
}

/** As the server of this data folder reads them, when it has the same environment. */
export async function readServerSettings(home: string): Promise<ApiSettings> {
  const { readApiSettings } = await apiApp();
  return readApiSettings({ ...process.env, RUNWEIR_HOME: home });
}

/** Where the snapshots of the Runweir of this data folder lie, when it has the same environment. */
export async function readSnapshotPlace(home: string, databaseUrl: string): Promise<WarehouseSettings> {
  const { readWarehouseSettings } = await warehouseApp();
  const { RUNWEIR_SNAPSHOT_FOLDER = join(home, "snapshots") } = process.env;
  return readWarehouseSettings({
    ...process.env,
    RUNWEIR_DATABASE_URL: databaseUrl,
    RUNWEIR_SNAPSHOT_FOLDER,
  }).settings;
}

/** Secrets apart from the rest, which goes on to other processes. */
function splitEnvironment() {
  const {
    RUNWEIR_SECRET_KEY,
    RUNWEIR_SECRET_KEY_FILE,
    RUNWEIR_OIDC_CLIENT_SECRET,
    RUNWEIR_SMTP_URL,
    ...environment
  }: Readonly<Record<string, string | undefined>> = process.env;
  return {
    environment,
    secrets: { RUNWEIR_SECRET_KEY, RUNWEIR_SECRET_KEY_FILE, RUNWEIR_OIDC_CLIENT_SECRET, RUNWEIR_SMTP_URL },
  };
}

function homeOf(data: string | undefined): string {
  return resolve(data ?? process.env.RUNWEIR_HOME ?? ".runweir");
}

function readOptions(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      options: {
        port: { type: "string" },
        data: { type: "string" },
        host: { type: "string" },
        dev: { type: "boolean", default: false },
        identity: { type: "boolean", default: false },
        kafka: { type: "boolean", default: false },
        "no-pages": { type: "boolean", default: false },
        "no-warehouse": { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    throw new DomainError("invalid_argument", (error as Error).message, { cause: error });
  }
}
