import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { createWriteStream, existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { findFreePort } from "@runweir/ports";
import { endLeftOver } from "./end-left-over.ts";
import { ensureBrokerJars } from "./ensure-jars.ts";
import { runCommand } from "./run-command.ts";
import {
  certificateFile,
  type KafkaSecurity,
  makeCertificate,
  scramAccounts,
  secureListener,
} from "./secure-listener.ts";
import { type Detour, serverProperties } from "./server-properties.ts";

export interface KafkaBroker {
  readonly nodeId: number;
  readonly address: string;
  /** The running process; for faults (SIGKILL, SIGSTOP). Replaced by `start`. */
  readonly process: ChildProcess | undefined;
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface KafkaCluster {
  /** `host:port` of every broker. */
  readonly addresses: readonly string[];
  readonly brokers: readonly KafkaBroker[];
  stop(): Promise<void>;
}

/**
 * Starts a real Kafka (KRaft, no ZooKeeper) on loopback: one node, or three for failover. Data lives in `folder` and is
 * found again at the next start there. Brokers end with this process.
 */
export async function startKafka(options: {
  readonly folder: string;
  readonly nodes?: 1 | 3;
  /** Fixed ports for the clients, one per node; free ones otherwise. */
  readonly ports?: readonly number[];
  /** Clients must log in, over TLS; see `certificateFile`. */
  readonly security?: KafkaSecurity;
  /** Further listeners of each node, in the order of the nodes. */
  readonly detours?: readonly (readonly Detour[])[];
  /** Settings of every broker that replace or add to ours. */
  readonly settings?: Readonly<Record<string, string | number>>;
  /** Further variables of the brokers' environment, in the order of the nodes. */
  readonly environments?: readonly Readonly<Record<string, string>>[];
  /** Longest wait for a node to listen. */
  readonly limitMs?: number;
}): Promise<KafkaCluster> {
  const jars = await ensureBrokerJars();
  const ids = Array.from({ length: options.nodes ?? 1 }, (_, index) => index + 1);
  await mkdir(options.folder, { recursive: true });
  const { security } = options;
  if (security && !existsSync(certificateFile(options.folder))) await makeCertificate(options.folder);
  const secured = security && secureListener(options.folder, security);
  const clusterId = await keptClusterId(join(options.folder, "cluster-id"));
  const places = [];
  for (const nodeId of ids)
    places.push({
      nodeId,
      port: options.ports?.[nodeId - 1] ?? (await findFreePort()),
      controllerPort: await findFreePort(),
    });
  const voters = places.map(({ nodeId, controllerPort }) => `${nodeId}@127.0.0.1:${controllerPort}`);
  const brokers = await Promise.all(
    places.map((place) =>
      prepareBroker(
        {
          ...place,
          voters,
          folder: join(options.folder, `node-${place.nodeId}`),
          secureListener: secured,
          detours: options.detours?.[place.nodeId - 1],
          settings: options.settings,
        },
        jars,
        clusterId,
        security ? scramAccounts(security) : [],
        options.environments?.[place.nodeId - 1] ?? {},
        options.limitMs ?? 60_000,
      ),
    ),
  );
  const endAll = () => {
    for (const { process: child } of brokers) child?.kill("SIGKILL");
  };
  process.once("exit", endAll);
  const stop = async () => {
    await Promise.all(brokers.map((broker) => broker.stop()));
    process.removeListener("exit", endAll);
  };
  try {
    await Promise.all(brokers.map((broker) => broker.start()));
  } catch (error) {
    await stop();
    throw error;
  }
  return { addresses: brokers.map(({ address }) => address), brokers, stop };
}

async function prepareBroker(
  node: Parameters<typeof serverProperties>[0],
  jars: string,
  clusterId: string,
  accounts: readonly string[],
  environment: Readonly<Record<string, string>>,
  limitMs: number,
): Promise<KafkaBroker> {
  await mkdir(node.folder, { recursive: true });
  const properties = `${node.folder}.properties`;
  const pidFile = `${node.folder}.pid`;
  await writeFile(properties, serverProperties(node));
  const java = (heap: string, main: string, args: readonly string[]) => [
    `-Xmx${heap}`,
    // In a heap of this size Java's usual collector takes more of the processor than the broker itself, for batches that are larger
    // than half of one of its regions; and compiling for the long term more than it saves.
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-cp",
    `${jars}/*`,
    main,
    ...args,
  ];
  if (!existsSync(join(node.folder, "meta.properties")))
    await runCommand(
      "java",
      java("128m", "kafka.tools.StorageTool", [
        "format",
        "-t",
        clusterId,
        "-c",
        properties,
        "--ignore-formatted",
        ...accounts,
      ]),
    );
  let child: ChildProcess | undefined;
  return {
    nodeId: node.nodeId,
    address: `127.0.0.1:${node.port}`,
    get process() {
      return child;
    },
    async start() {
      await endLeftOver(pidFile, properties);
      const started = spawn("java", java("512m", "kafka.Kafka", [properties]), {
        stdio: ["ignore", "pipe", "pipe"],
        env: { ...process.env, ...environment },
      });
      child = started;
      await writeFile(pidFile, String(started.pid));
      const log = createWriteStream(`${node.folder}.log`, { flags: "a" });
      started.stdout.pipe(log);
      started.stderr.pipe(log);
      await listening(node.port, started, limitMs, `${node.folder}.log`);
    },
    async stop() {
      const running = child;
      if (!running || running.exitCode !== null || running.signalCode !== null) return;
      const ended = new Promise((resolve) => running.once("exit", resolve));
      // A stopped (SIGSTOP) process takes no other signal until it runs again.
      running.kill("SIGCONT");
      running.kill("SIGTERM");
      await ended;
    },
  };
}

async function keptClusterId(file: string): Promise<string> {
  if (existsSync(file)) return (await readFile(file, "utf8")).trim();
  // 16 bytes in unpadded base64url: the form of Kafka's own Uuid. A leading dash would look like an option.
  const id = randomBytes(16).toString("base64url").replace(/^-/, "A");
  await writeFile(file, `${id}\n`);
  return id;
}

async function listening(port: number, child: ChildProcess, limitMs: number, logFile: string): Promise<void> {
  const began = performance.now();
  while (!(await accepts(port))) {
    if (child.exitCode !== null)
      throw new Error(`The Kafka broker ended with ${child.exitCode}; see ${logFile}`);
    if (performance.now() - began > limitMs)
      throw new Error(`The Kafka broker was not ready in time; see ${logFile}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
