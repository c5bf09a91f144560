import { createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { findFreePort } from "./find-free-port.ts";

function listen(port: number): Promise<void> {
  const server = createServer();
  onTestFinished(() => void server.close());
  return new Promise((listening, failed) => {
    server.once("error", failed);
    server.listen(port, "127.0.0.1", listening);
  });
}

test("a server can listen there, and the port is none that outgoing connections are given", async () => {
  const port = await findFreePort();
  expect(port).toBeGreaterThanOrEqual(20_000);
  expect(port).toBeLessThan(30_000);
  await listen(port);
});

test("a port that somebody listens on is not given", async () => {
  const taken = await findFreePort();
  await listen(taken);
  await expect(findFreePort({ first: taken, last: taken })).rejects.toThrow("EADDRINUSE");
});
