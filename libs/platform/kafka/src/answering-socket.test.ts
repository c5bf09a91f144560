import { once } from "node:events";
import { createRequire } from "node:module";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { answeringSocket } from "./answering-socket.ts";

async function serve(onSocket: (socket: Socket) => void): Promise<number> {
  const accepted: Socket[] = [];
  const server = createServer((socket) => {
    accepted.push(socket.on("error", () => {}));
    onSocket(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    for (const socket of accepted) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

function connectTo(port: number, onConnect = () => {}): Socket {
  const socket = answeringSocket(50)({ host: "127.0.0.1", port, ssl: undefined as never, onConnect });
  onTestFinished(() => {
    socket.destroy();
  });
  return socket;
}

test("a request without answer ends the connection; one that was answered and is idle stays", async () => {
  const echo = await serve((socket) => socket.pipe(socket));
  const idle = connectTo(echo);
  idle.write(Buffer.from([0, 0, 0, 3, 1, 2, 3]));
  await new Promise((resolve) => idle.on("data", resolve));
  // Begins to wait after the idle one was answered, so the idle one is silent for longer than it may be.
  const silent = connectTo(await serve((socket) => socket.resume()));
  silent.write("request");
  const [error] = await once(silent, "error");
  expect(String(error)).toMatch(/no answer within 50 ms/);
  expect(silent.destroyed).toBe(true);
  expect(idle.destroyed).toBe(false);
});

test("a connection that was done with ends although the other end never closes it", async () => {
  const port = await serve((socket) => {
    socket.allowHalfOpen = true;
    socket.resume();
  });
  const socket = connectTo(port);
  const errors: Error[] = [];
  socket.on("error", (error) => errors.push(error));
  await once(socket, "connect");
  socket.end();
  await once(socket, "close");
  expect(errors).toEqual([]);
});

test("kafkajs goes on after a connection that broke off within a response", async () => {
  let connections = 0;
  const port = await serve((socket) => {
    connections += 1;
    const isFirst = connections === 1;
    socket.on("data", (request: Buffer) => {
      const response = Buffer.alloc(20);
      response.writeInt32BE(response.length - 4);
      request.copy(response, 4, 8, 12);
      response.write("an answer", 8);
      socket.write(isFirst ? response.subarray(0, 13) : response);
      if (isFirst) socket.end();
    });
  });
  const connection = openConnection(port);
  const ask = async () => {
    await connection.connect();
    return connection.send({ request: emptyRequest, response: asText });
  };
  await expect(ask()).rejects.toThrow("Closed connection");
  await expect(ask()).resolves.toContain("an answer");
  await expect(ask()).resolves.toContain("an answer");
  await connection.disconnect();
});

interface KafkajsConnection {
  connect(): Promise<unknown>;
  disconnect(): Promise<unknown>;
  send(protocol: object): Promise<string>;
}

const require = createRequire(import.meta.url);
const Encoder = require("kafkajs/src/protocol/encoder");
const emptyRequest = { apiKey: 3, apiVersion: 0, apiName: "Metadata", encode: async () => new Encoder() };
const asText = { decode: async (payload: Buffer) => ({ text: String(payload) }), parse: takeText };

async function takeText({ text }: { readonly text: string }): Promise<string> {
  return text;
}

/** What kafkajs keeps over its connections to one broker. */
function openConnection(port: number): KafkajsConnection {
  const Connection = require("kafkajs/src/network/connection");
  const quiet = { debug() {}, warn() {}, error() {}, info() {}, namespace: () => quiet };
  const timeouts = { requestTimeout: 5_000, connectionTimeout: 5_000 };
  return new Connection({
    host: "127.0.0.1",
    port,
    logger: quiet,
    socketFactory: answeringSocket(5_000),
    ...timeouts,
  });
}
