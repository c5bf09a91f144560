import { once } from "node:events";
import { connect, type Socket } from "node:net";
import type { Call } from "../drive-load.ts";

export interface Answer {
  readonly status: number;
  readonly text: string;
}

export interface Connections {
  /** Waits for a free connection when all are in use. */
  send(call: Call): Promise<Answer>;
  close(): void;
}

/**
 * HTTP/1.1 over sockets that stay open, one call at a time on each. Node's own client takes as much of a processor for a call as the
 * server does; on a machine that both share, that is measured as the server's waiting.
 */
export async function openConnections(url: string, count: number): Promise<Connections> {
  const { hostname, port, host } = new URL(url);
  const waiting: ((connection: Connection) => void)[] = [];
  const all = await Promise.all(
    Array.from({ length: count }, async () => {
      const socket = connect({ host: hostname, port: Number(port), noDelay: true });
      await once(socket, "connect");
      return new Connection(socket, host);
    }),
  );
  const free = [...all];
  return {
    async send(call) {
      const connection = free.shift() ?? (await new Promise<Connection>((resolve) => waiting.push(resolve)));
      try {
        return await connection.send(call);
      } finally {
        const next = waiting.shift();
        if (next) next(connection);
        else free.push(connection);
      }
    },
    close() {
      for (const connection of all) connection.close();
    },
  };
}

class Connection {
  #received = "";
  #answer: PromiseWithResolvers<Answer> | undefined;
  readonly #socket: Socket;
  readonly #host: string;

  constructor(socket: Socket, host: string) {
    this.#socket = socket;
    this.#host = host;
    socket.setEncoding("latin1");
    socket.on("data", (part: string) => this.#take(part));
    socket.on("error", (error) => this.#answer?.reject(error));
    socket.on("close", () => this.#answer?.reject(new Error("The server closed the connection.")));
  }

  send({ method, path, body }: Call): Promise<Answer> {
    this.#answer = Promise.withResolvers();
    const content =
      body === undefined
        ? "\r\n"
        : `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
    this.#socket.write(`${method} ${path} HTTP/1.1\r\nhost: ${this.#host}\r\n${content}`);
    return this.#answer.promise;
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(part: string): void {
    this.#received += part;
    const headEnd = this.#received.indexOf("\r\n\r\n");
    if (headEnd < 0) return;
    const head = this.#received.slice(0, headEnd);
    const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
    if (length === undefined) this.#answer?.reject(new Error(`An answer without its length: ${head}`));
    const end = headEnd + 4 + Number(length);
    if (this.#received.length < end) return;
    const text = this.#received.slice(headEnd + 4, end);
    this.#received = "";
    this.#answer?.resolve({ status: Number(head.slice(9, 12)), text });
  }
}
