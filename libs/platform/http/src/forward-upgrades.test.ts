import { createServer, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { expect, onTestFinished, test } from "vitest";
import { startTestServer } from "../testing/start-test-server.ts";
import { forwardUpgrades } from "./forward-upgrades.ts";

/** A zone that answers an upgrade and then repeats what it hears in capitals. */
async function startZone(): Promise<{ readonly url: string; readonly server: Server; sockets: Set<Socket> }> {
  const sockets = new Set<Socket>();
  const server = createServer();
  server.on("upgrade", (_request, socket) => {
    sockets.add(socket as Socket);
    socket.on("close", () => sockets.delete(socket as Socket));
    socket.write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: test\r\n\r\n");
    socket.on("data", (part: Buffer) => socket.write(part.toString().toUpperCase()));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server, sockets };
}

async function startFront(url: string) {
  const front = await startTestServer({
    drainMs: 60_000,
    routes: (server) =>
      forwardUpgrades(server, {
        upstreamOf: (path) => (path === "/live" ? { name: "zone", url } : undefined),
        allowedHosts: [],
        allowedOrigins: [],
      }),
  });
  return front;
}

function upgrade(port: number, path: string, headers: readonly string[] = []): Socket {
  const socket = connect(port, "127.0.0.1");
  const lines = [
    `GET ${path} HTTP/1.1`,
    `Host: localhost:${port}`,
    "Connection: Upgrade",
    "Upgrade: test",
    ...headers,
  ];
  socket.write(`${lines.join("\r\n")}\r\n\r\n`);
  return socket;
}

function hear(socket: Socket, wanted: RegExp): Promise<string> {
  return new Promise((done, fail) => {
    let heard = "";
    socket.on("data", (part: Buffer) => {
      heard += part.toString();
      if (wanted.test(heard)) done(heard);
    });
    socket.once("close", () => fail(new Error(`closed after ${JSON.stringify(heard)}`)));
  });
}

const closed = (socket: Socket) => new Promise<void>((done) => socket.once("close", () => done()));

test("both sides hear each other", async () => {
  const zone = await startZone();
  await using front = await startFront(zone.url);
  const socket = upgrade(front.port, "/live");
  await hear(socket, /101 Switching Protocols/);
  socket.write("hello");
  await hear(socket, /HELLO/);
  socket.destroy();
});

test("closing the server does not wait for open sockets, and closes them", async () => {
  const zone = await startZone();
  const front = await startFront(zone.url);
  const socket = upgrade(front.port, "/live");
  await hear(socket, /101/);
  const gone = closed(socket);
  await front.server.close();
  await gone;
});

test("a reader who leaves takes the zone's side along", async () => {
  const zone = await startZone();
  await using front = await startFront(zone.url);
  const socket = upgrade(front.port, "/live");
  await hear(socket, /101/);
  const [behind] = zone.sockets;
  const left = new Promise<void>((done) => behind?.once("end", done));
  socket.end();
  await left;
});

test.each([
  ["an unknown path", "/other", []],
  ["a page of another site", "/live", ["Origin: https://evil.example"]],
])("%s is refused", async (_, path, headers) => {
  const zone = await startZone();
  await using front = await startFront(zone.url);
  expect(await hear(upgrade(front.port, path, headers), /\r\n\r\n/)).toMatch(/^HTTP\/1\.1 403 /);
  expect(zone.sockets.size).toBe(0);
});

test("a refused reader who breaks off breaks nothing", async () => {
  const zone = await startZone();
  await using front = await startFront(zone.url);
  const broken = new Promise<void>((done) =>
    // The answer is on its way by then; the reader resets the connection instead of taking it.
    front.server.server.prependOnceListener("upgrade", (_request, socket: Duplex) => {
      socket.once("close", () => done());
      setImmediate(() => socket.destroy(new Error("connection reset")));
    }),
  );
  const socket = upgrade(front.port, "/other");
  socket.on("error", () => {});
  await broken;
  expect((await fetch(`${front.url}/health`)).status).toBe(200);
});
