import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { createTestDatabase } from "../testing/test-database.ts";
import { type Database, openDatabase } from "./database.ts";

/** Short for what never comes, and long for what does on a busy machine. */
const answerMs = 1_000;

async function testUrl(): Promise<string> {
  const { url, drop } = await createTestDatabase([]);
  onTestFinished(drop);
  return url;
}

function open(url: string, answerMs: number): Database {
  const database = openDatabase({ url, applicationName: "test", connectionsMax: 1, answerMs });
  onTestFinished(() => database.close());
  return database;
}

/** Passes everything on until told to swallow what clients say; connections stay open all the same. */
async function openNetwork(url: string) {
  const { port, hostname } = new URL(url);
  const sockets: Socket[] = [];
  let swallowing = false;
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    for (const socket of [client, upstream]) sockets.push(socket.on("error", () => {}));
    upstream.pipe(client);
    client.on("data", (bytes) => {
      if (!swallowing) upstream.write(bytes);
    });
    client.on("close", () => upstream.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return {
    url: url.replace(`:${port}/`, `:${(server.address() as AddressInfo).port}/`),
    swallow(on: boolean) {
      swallowing = on;
    },
  };
}

test("a statement that takes too long is ended by the server, which goes on with the connection", async () => {
  const database = open(await testUrl(), answerMs);
  const pidOf = () => database.query("SELECT pg_backend_pid() AS pid");
  const before = await pidOf();
  await expect(database.transaction((client) => client.query("SELECT pg_sleep(60)"))).rejects.toMatchObject({
    code: "57014",
  });
  expect(await pidOf()).toEqual(before);
});

test("a connection that rests is not given up, however long", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const database = open(await testUrl(), answerMs);
  const pidOf = () => database.query("SELECT pg_backend_pid() AS pid");
  const before = await pidOf();
  await database.transaction((client) => client.query("SELECT 1"));
  vi.advanceTimersByTime(60_000);
  expect(await pidOf()).toEqual(before);
});

test("a connection whose other end says nothing is given up, and the next one is another", async () => {
  const network = await openNetwork(await testUrl());
  const database = open(network.url, answerMs);
  await database.query("SELECT 1");
  network.swallow(true);
  await expect(database.query("SELECT 1")).rejects.toThrow(/timeout/);
  network.swallow(false);
  expect(await database.transaction(async (client) => (await client.query("SELECT 1 AS one")).rows)).toEqual([
    { one: 1 },
  ]);
  network.swallow(true);
  await expect(database.transaction((client) => client.query("SELECT 1"))).rejects.toThrow(/timeout/);
  network.swallow(false);
  expect(await database.query("SELECT 1 AS one")).toEqual([{ one: 1 }]);
});
