export interface NodeSettings {
  readonly nodeId: number;
  readonly port: number;
  readonly controllerPort: number;
  readonly folder: string;
  /** Controllers of the whole cluster, as `id@host:port`. */
  readonly voters: readonly string[];
  /** Of a listener that asks who a client is; an open one otherwise. */
  readonly secureListener?: Readonly<Record<string, string>> | undefined;
  readonly detours?: readonly Detour[] | undefined;
  /** Settings that replace or add to ours. */
  readonly settings?: Readonly<Record<string, string | number>> | undefined;
}

/** A further listener that tells its clients to come by another port: that of a proxy in between. */
export interface Detour {
  /** Capital letters and digits. */
  readonly name: string;
  readonly port: number;
  readonly advertisedPort: number;
}

/** Settings of one combined broker and controller (KRaft). Topics are only ever made on purpose. */
export function serverProperties(node: NodeSettings): string {
  const replicas = Math.min(3, node.voters.length);
  const listener = node.secureListener ? "CLIENTS" : "PLAINTEXT";
  const detours = node.detours ?? [];
  const listening = (port: number, name: string) => `${name}://127.0.0.1:${port}`;
  const settings: Record<string, string | number> = {
    "process.roles": "broker,controller",
    "node.id": node.nodeId,
    "controller.quorum.voters": node.voters.join(","),
    listeners: [
      listening(node.port, listener),
      listening(node.controllerPort, "CONTROLLER"),
      ...detours.map(({ name, port }) => listening(port, name)),
    ].join(","),
    "advertised.listeners": [
      listening(node.port, listener),
      ...detours.map(({ name, advertisedPort }) => listening(advertisedPort, name)),
    ].join(","),
    "listener.security.protocol.map": ["PLAINTEXT", "CONTROLLER", ...detours.map(({ name }) => name)]
      .map((name) => `${name}:PLAINTEXT`)
      .join(","),
    "inter.broker.listener.name": "PLAINTEXT",
    "controller.listener.names": "CONTROLLER",
    "log.dirs": node.folder,
    "auto.create.topics.enable": "false",
    "default.replication.factor": replicas,
    "min.insync.replicas": Math.max(1, replicas - 1),
    "offsets.topic.replication.factor": replicas,
    "transaction.state.log.replication.factor": replicas,
    "transaction.state.log.min.isr": Math.max(1, replicas - 1),
    // A local broker has few groups; fifty partitions would only cost start-up time.
    "offsets.topic.num.partitions": 4,
    "group.initial.rebalance.delay.ms": 0,
    ...node.secureListener,
    ...node.settings,
  };
  return Object.entries(settings)
    .map(([key, value]) => `${key}=${value}\n`)
    .join("");
}
