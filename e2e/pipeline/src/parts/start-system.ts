import { rmSync } from "node:fs";
import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type LogTopic, openPointsTopic } from "@runweir/ingest-kafka";
import { type Admin, type Kafka, type KafkaSettings, openKafka } from "@runweir/kafka";
import { type KafkaCluster, startKafka } from "@runweir/kafka-broker";
import { findFreePort } from "@runweir/ports";
import { type Database, openDatabase } from "@runweir/postgres";
import { writeBack } from "../faults/lose-power.ts";
import { startTcpProxy, type TcpProxy } from "../proxy/tcp-proxy.ts";
import type { SeededRandom } from "../seeded-random.ts";
import { until } from "../until.ts";
import {
  compileRecorder,
  createForgetfulDisk,
  type ForgetfulDisk,
  findNoForgetfulDisk,
} from "./forgetful-disk.ts";
import { createPostgres, type PostgresProcess } from "./postgres-process.ts";
import { createService, type ServiceProcess } from "./service-process.ts";
import { findNoSmallDisk, mountSmallDisk, type SmallDisk } from "./small-disk.ts";

/** Forgetful disks are those that lose power, see `createForgetfulDisk`. */
export type SystemKind =
  | "one broker"
  | "three brokers"
  | "small disks"
  | "forgetful disks"
  | "three brokers, forgetful disks";

/** The whole product as processes of its own, with a proxy on each of its ways to broker and database. */
export interface System {
  readonly kind: SystemKind;
  readonly folder: string;
  readonly kafka: KafkaCluster;
  readonly postgres: PostgresProcess;
  readonly disks: Readonly<Record<"broker" | "postgres" | "writeAheadLog", SmallDisk>> | undefined;
  /** What the brokers' disks forget when the power goes, one for each. */
  readonly brokerDisks: readonly ForgetfulDisk[];
  readonly apis: readonly [ServiceProcess, ServiceProcess];
  readonly ingests: readonly [ServiceProcess, ServiceProcess];
  /** By service and target, one proxy per broker. */
  readonly proxies: {
    readonly kafka: { readonly apis: readonly TcpProxy[][]; readonly ingests: readonly TcpProxy[] };
    readonly postgres: Readonly<Record<"api1" | "api2" | "ingest1" | "ingest2", TcpProxy>>;
  };
  /** The harness's own ways in, past every proxy. */
  readonly database: Database;
  readonly client: Kafka;
  readonly admin: Admin;
  readonly settings: KafkaSettings;
  readonly topic: LogTopic;
  readonly sessionMs: number;
  everyProxy(): readonly TcpProxy[];
  /** Undoes what faults may have left: thaws, heals, frees, and starts what is not running. */
  recover(): Promise<void>;
  stop(): Promise<void>;
}

const sessionMs = 3_000;
const silent = { warn() {}, debug() {} };

/** Why a system of this kind cannot be had on this machine, in words for its user. */
export function findMissing(kind: SystemKind): string | undefined {
  if (losesPower(kind)) return findNoForgetfulDisk();
  return kind === "small disks" ? findNoSmallDisk(tmpdir()) : undefined;
}

const losesPower = (kind: SystemKind) => kind.endsWith("forgetful disks");

export async function startSystem(kind: SystemKind, random: SeededRandom): Promise<System> {
  const folder = await mkdtemp(join(tmpdir(), "runweir-faults-"));
  // Postgres runs as another user where we are root, who must be able to get there.
  await chmod(folder, 0o755);
  const undo: (() => Promise<unknown> | unknown)[] = [
    () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  ];
  const emergency: (() => void)[] = [];
  const endNow = () => {
    for (const end of emergency) end();
    rmSync(folder, { recursive: true, force: true });
  };
  process.once("exit", endNow);
  undo.push(() => process.removeListener("exit", endNow));
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    return await build(kind, folder, random.fork("network"), undo, emergency, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function build(
  kind: SystemKind,
  folder: string,
  random: SeededRandom,
  undo: (() => Promise<unknown> | unknown)[],
  emergency: (() => void)[],
  stop: () => Promise<void>,
): Promise<System> {
  const disks =
    kind === "small disks"
      ? {
          broker: mountSmallDisk(join(folder, "kafka"), 160),
          postgres: mountSmallDisk(join(folder, "postgres"), 220),
          writeAheadLog: mountSmallDisk(join(folder, "wal"), 80),
        }
      : undefined;
  for (const disk of Object.values(disks ?? {})) {
    emergency.push(() => disk.unmount());
    undo.push(() => disk.unmount());
  }
  const nodes = kind.startsWith("three brokers") ? 3 : 1;
  const forgetful = losesPower(kind);
  const recorder = forgetful ? await compileRecorder(folder) : undefined;
  const brokerDisks: ForgetfulDisk[] = [];
  for (let node = 1; recorder && node <= nodes; node += 1) {
    const place = join(folder, "kafka", `node-${node}`);
    await mkdir(place, { recursive: true });
    const synced = join(folder, `synced-node-${node}`);
    brokerDisks.push(await createForgetfulDisk({ folder: place, synced, library: recorder }));
  }
  const proxy = async (target: number): Promise<TcpProxy> => {
    const made = await startTcpProxy({ target, random: random.next });
    undo.push(() => made.close());
    return made;
  };

  const ways = ["API1", "API2", "INGEST"] as const;
  const proxiesOf: Record<(typeof ways)[number], TcpProxy[]> = { API1: [], API2: [], INGEST: [] };
  const detours = [];
  for (let node = 0; node < nodes; node += 1) {
    const listeners = [];
    for (const name of ways) {
      const port = await findFreePort();
      const made = await proxy(port);
      proxiesOf[name].push(made);
      listeners.push({ name, port, advertisedPort: made.port });
    }
    detours.push(listeners);
  }
  const postgres = await createPostgres({
    folder: join(folder, "postgres"),
    port: await findFreePort(),
    logFile: join(folder, "postgres.log"),
    writeAheadLog: disks?.writeAheadLog.folder,
    forgetful: recorder ? { synced: join(folder, "synced-postgres"), library: recorder } : undefined,
    settings: disks ? { max_wal_size: "48MB", min_wal_size: "8MB", shared_buffers: "16MB" } : {},
  });
  emergency.push(postgres.endNow);
  undo.push(() => postgres.stop("SIGQUIT"));
  const [kafka] = await Promise.all([
    startKafka({
      folder: join(folder, "kafka"),
      nodes,
      detours,
      environments: brokerDisks.map((disk) => disk.environment),
      settings: {
        "group.min.session.timeout.ms": 1_000,
        "log.initial.task.delay.ms": 500,
        // A leader that is killed is noticed within seconds.
        "broker.session.timeout.ms": 3_000,
        "broker.heartbeat.interval.ms": 500,
        "leader.imbalance.check.interval.seconds": 2,
        ...(disks ? { "log.segment.bytes": 4 * 2 ** 20, "metadata.log.segment.bytes": 8 * 2 ** 20 } : {}),
        // Each sync of a mapped file copies it.
        ...(forgetful ? { "log.index.size.max.bytes": 2 ** 16 } : {}),
      },
    }),
    postgres.start(),
  ]);
  undo.push(() => kafka.stop());

  const database = openDatabase({ url: postgres.url, applicationName: "faults", connectionsMax: 6 });
  undo.push(() => database.close());
  const settings: KafkaSettings = {
    brokers: kafka.addresses,
    tls: undefined,
    sasl: undefined,
    topicPrefix: "faults",
    retentionHours: 168,
    replication: undefined,
  };
  const client = openKafka(settings, "faults", silent, { silenceMs: 60_000 });
  const admin = client.admin();
  await admin.connect();
  undo.push(() => admin.disconnect());
  // Else the topic would be made for those that are there.
  await until("every broker is known to the cluster", 30_000, async () => {
    return (await admin.describeCluster()).brokers.length === nodes;
  });
  const topic = await openPointsTopic(admin, settings);

  const postgresProxies = {
    api1: await proxy(postgres.port),
    api2: await proxy(postgres.port),
    ingest1: await proxy(postgres.port),
    ingest2: await proxy(postgres.port),
  };
  const service = async (
    name: keyof typeof postgresProxies,
    app: "api" | "ingest",
    way: (typeof ways)[number],
  ) => {
    const port = await findFreePort();
    await mkdir(join(folder, name), { recursive: true });
    const made = createService({
      name,
      entry: `apps/${app}/src/main.ts`,
      url: `http://127.0.0.1:${port}`,
      logFile: join(folder, `${name}.log`),
      environment: {
        RUNWEIR_DATABASE_URL: `postgres://runweir@127.0.0.1:${postgresProxies[name].port}/runweir?application_name=${name}`,
        RUNWEIR_KAFKA_BROKERS: proxiesOf[way].map((one) => `127.0.0.1:${one.port}`).join(","),
        RUNWEIR_KAFKA_TOPIC_PREFIX: settings.topicPrefix,
        RUNWEIR_LOG_LEVEL: "warn",
        ...(app === "api"
          ? { RUNWEIR_PORT: String(port), RUNWEIR_HOME: join(folder, name) }
          : { RUNWEIR_INGEST_PORT: String(port), RUNWEIR_INGEST_SESSION_MS: String(sessionMs) }),
      },
    });
    emergency.push(made.endNow);
    undo.push(() => made.kill());
    return made;
  };
  const apis = [await service("api1", "api", "API1"), await service("api2", "api", "API2")] as const;
  const ingests = [
    await service("ingest1", "ingest", "INGEST"),
    await service("ingest2", "ingest", "INGEST"),
  ] as const;
  // One after the other at first: each of them brings the database up to date.
  for (const one of [...apis, ...ingests]) await one.start();

  // Made just now, and nothing of it is in question.
  for (const place of brokerDisks.keys()) await writeBack({ kafka, brokerDisks }, place);

  const everyProxy = () => [...Object.values(proxiesOf).flat(), ...Object.values(postgresProxies)];
  return {
    kind,
    folder,
    kafka,
    postgres,
    disks,
    brokerDisks,
    apis,
    ingests,
    proxies: {
      kafka: { apis: [proxiesOf.API1, proxiesOf.API2], ingests: proxiesOf.INGEST },
      postgres: postgresProxies,
    },
    database,
    client,
    admin,
    settings,
    topic,
    sessionMs,
    everyProxy,
    async recover() {
      for (const disk of Object.values(disks ?? {})) disk.free();
      for (const one of everyProxy()) {
        one.delay(0, 0);
        one.thaw();
      }
      for (const broker of kafka.brokers) {
        broker.process?.kill("SIGCONT");
        if (broker.process?.exitCode !== null || broker.process.signalCode !== null) await broker.start();
      }
      if (postgres.pid === undefined) await postgres.start();
      for (const one of [...apis, ...ingests]) {
        one.thaw();
        if (!one.running) await one.start();
      }
    },
    stop,
  };
}
