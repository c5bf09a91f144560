import { connect, createServer, type Socket } from "node:net";
import { type Forger, Link, type Matcher, type Snare } from "./link.ts";

/** A network that misbehaves on demand, between clients and one server; everything passes until told otherwise. */
export interface TcpProxy {
  readonly port: number;
  readonly openLinks: number;
  /** Resets every open connection; new ones pass. */
  cut(): void;
  /** A partition: nothing passes either way and new connections get no answer, until `thaw`. */
  freeze(): void;
  thaw(): void;
  /** Half-open connections: those open now stay silent for ever, new ones pass. */
  abandon(): void;
  /** Of connections that went silent the server finds out at last, and ends its side. Clients hear nothing of that. */
  forsake(): void;
  /** Every chunk of bytes is late by this much, more or less. */
  delay(milliseconds: number, jitter: number): void;
  /** The next `count` matching requests reach the server; the connection is reset where their answers were due. */
  loseAnswers(matches: Matcher, count: number): Promise<void>;
  /** The next matching request reaches the server; its answer is kept back until `thaw` or `cut`. Resolves when it is there. */
  holdAnswer(matches: Matcher): Promise<void>;
  /** The next request that this makes something of goes on as that. Resolves when it has. */
  forge(forger: Forger): Promise<void>;
  close(): Promise<void>;
}

export async function startTcpProxy(options: {
  readonly target: number;
  /** Takes the place of chance in jitter. */
  readonly random: () => number;
  readonly port?: number;
}): Promise<TcpProxy> {
  const links = new Set<Link>();
  const abandoned = new Set<Link>();
  let parked: Socket[] = [];
  let frozen = false;
  let latency = { milliseconds: 0, jitter: 0 };
  let snares: Snare[] = [];
  let forgers: { readonly forger: Forger; readonly done: () => void }[] = [];
  const delayMs = () =>
    latency.milliseconds === 0
      ? 0
      : Math.max(0, latency.milliseconds + (options.random() * 2 - 1) * latency.jitter);

  function open(client: Socket): void {
    if (client.destroyed) return;
    const server = connect(options.target, "127.0.0.1");
    const link = new Link(client, server, {
      delayMs,
      snare: (request) => snares.find(({ matches }) => matches(request)),
      forge,
      onEnd: (ended) => {
        links.delete(ended);
        abandoned.delete(ended);
      },
    });
    links.add(link);
  }

  function forge(request: Buffer): Buffer | undefined {
    for (const one of forgers) {
      const forged = one.forger(request);
      if (!forged) continue;
      forgers = forgers.filter((other) => other !== one);
      one.done();
      return forged;
    }
    return undefined;
  }

  const server = createServer((client) => {
    client.on("error", () => {});
    if (!frozen) return open(client);
    client.pause();
    parked.push(client);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (!address || typeof address !== "object") throw new Error("the proxy has no port");

  const cut = () => {
    for (const link of [...links, ...abandoned]) link.reset();
    for (const client of parked) client.resetAndDestroy();
    parked = [];
  };
  return {
    port: address.port,
    get openLinks() {
      return links.size;
    },
    cut,
    freeze() {
      frozen = true;
      for (const link of links) link.hold();
    },
    thaw() {
      frozen = false;
      for (const link of links) link.release();
      const waiting = parked;
      parked = [];
      for (const client of waiting) open(client);
    },
    abandon() {
      for (const link of links) {
        link.hold();
        abandoned.add(link);
      }
      links.clear();
    },
    forsake() {
      for (const link of abandoned) link.forsake();
    },
    delay(milliseconds, jitter) {
      latency = { milliseconds, jitter };
    },
    loseAnswers(matches, count) {
      let left = count;
      return new Promise((resolve) => {
        const snare: Snare = {
          matches,
          onAnswer(link) {
            link.reset();
            left -= 1;
            if (left > 0) return;
            snares = snares.filter((one) => one !== snare);
            resolve();
          },
        };
        snares.push(snare);
      });
    },
    holdAnswer(matches) {
      return new Promise((resolve) => {
        const snare: Snare = {
          matches,
          onAnswer() {
            snares = snares.filter((one) => one !== snare);
            resolve();
          },
        };
        snares.push(snare);
      });
    },
    forge: (forger) =>
      new Promise((done) => {
        forgers.push({ forger, done });
      }),
    async close() {
      snares = [];
      forgers = [];
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
