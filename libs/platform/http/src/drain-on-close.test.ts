import { once } from "node:events";
import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { startTestServer } from "../testing/index.ts";

test("a request in flight finishes while the server closes, and its connection is not waited for", async () => {
  const { promise: entered, resolve: enter } = Promise.withResolvers<void>();
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const running = await startTestServer({
    drainMs: 60_000,
    routes: (server) =>
      server.get("/slow", { config: { permission: "public" } }, async () => {
        enter();
        await released;
        return "whole";
      }),
  });
  const answer = fetch(`${running.url}/slow`).then((response) => response.text());
  await entered;
  const closed = running.server.close();
  release();
  expect(await answer).toBe("whole");
  await closed;
  await expect(fetch(`${running.url}/health`)).rejects.toThrow();
});

test("an open event stream does not hold the server", async () => {
  const running = await startTestServer({
    drainMs: 60_000,
    routes: (server) =>
      server.get("/events", { config: { permission: "public" } }, (_request, reply) => {
        const stream = new Readable({ read() {} });
        stream.push("data: hello\n\n");
        return reply.type("text/event-stream").send(stream);
      }),
  });
  const response = await fetch(`${running.url}/events`);
  const reader = response.body!.getReader();
  await reader.read();
  await running.server.close();
  await expect(reader.read()).rejects.toThrow();
});

test("what does not finish in time is cut", async () => {
  const running = await startTestServer({
    drainMs: 50,
    routes: (server) =>
      server.get("/never", { config: { permission: "public" } }, async (request) => {
        await once(request.raw.socket, "close");
      }),
  });
  const answer = fetch(`${running.url}/never`);
  const failed = expect(answer).rejects.toThrow();
  await once(running.server.server, "request");
  await running.server.close();
  await failed;
});
