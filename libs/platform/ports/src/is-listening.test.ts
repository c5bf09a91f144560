import { createServer } from "node:net";
import { expect, test } from "vitest";
import { findFreePort } from "./find-free-port.ts";
import { isListening } from "./is-listening.ts";

test("somebody listens from the moment a server does until it is closed", async () => {
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  expect(await isListening(url)).toBe(false);
  const server = createServer((socket) => socket.resume());
  await new Promise<void>((listening) => server.listen(port, "127.0.0.1", listening));
  expect(await isListening(url)).toBe(true);
  await new Promise((closed) => server.close(closed));
  expect(await isListening(url)).toBe(false);
});
