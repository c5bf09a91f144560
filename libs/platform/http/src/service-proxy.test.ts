import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { expect, test } from "vitest";
import { startTestServer } from "../testing/index.ts";
import { serviceRoutes } from "./service-proxy.ts";

async function startService(listener: RequestListener) {
  const service = createServer(listener);
  await new Promise<void>((resolve) => service.listen(0, "127.0.0.1", resolve));
  const address = service.address();
  if (address === null || typeof address === "string") throw new Error("no address");
  return {
    service,
    url: `http://127.0.0.1:${address.port}`,
    [Symbol.asyncDispose]: async () => {
      service.closeAllConnections();
      await new Promise((resolve) => service.close(resolve));
    },
  };
}

function startProxy(url: string | undefined) {
  return startTestServer({
    routes: (server) =>
      server.register(
        serviceRoutes({
          name: "The warehouse",
          url,
          advice: "Start it.",
          routes: [
            { method: ["GET", "POST"], url: "/api/sql", permission: "experiment.read" },
            { method: ["GET"], url: "/api/snapshots/*", permission: "experiment.read" },
          ],
        }),
      ),
  });
}

test("requests go on as they are, bodies and answers streamed", async () => {
  await using service = await startService(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    response.writeHead(207, { "content-type": "text/csv", "x-seen": JSON.stringify(request.headers) });
    response.write(`${request.method} ${request.url}\n`);
    setImmediate(() => response.end(Buffer.concat(parts)));
  });
  await using proxy = await startProxy(service.url);
  // Longer than any limit of bodies that are read whole, and not JSON though it says so.
  const body = Buffer.alloc(40 * 2 ** 20, "x");
  const answer = await fetch(`${proxy.url}/api/sql?a=%2F`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      authorization: "Bearer x",
      origin: proxy.url,
      "x-request-id": "r1",
    },
    body,
  });
  expect(answer.status).toBe(207);
  const seen = JSON.parse(answer.headers.get("x-seen") ?? "") as Record<string, string>;
  expect(seen).toMatchObject({ "content-type": "application/json", "x-request-id": "r1" });
  expect(seen).not.toHaveProperty("authorization");
  expect(seen).not.toHaveProperty("origin");
  const text = await answer.text();
  expect(text.slice(0, 20)).toBe("POST /api/sql?a=%2F\n");
  expect(text.length).toBe(20 + body.length);
  expect(await (await fetch(`${proxy.url}/api/snapshots/7`)).text()).toBe("GET /api/snapshots/7\n");
});

test("a caller who leaves ends the request at the service", async () => {
  const left = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  await using service = await startService((request, response) => {
    response.once("close", () => left.resolve());
    request.resume();
    begun.resolve();
  });
  await using proxy = await startProxy(service.url);
  const leaving = new AbortController();
  const answer = fetch(`${proxy.url}/api/sql`, { method: "POST", body: "{}", signal: leaving.signal });
  await begun.promise;
  leaving.abort();
  await expect(answer).rejects.toThrow();
  await left.promise;
});

test("without the service its routes say so, and what to do", async () => {
  await using proxy = await startProxy(undefined);
  const answer = await fetch(`${proxy.url}/api/sql`, { method: "POST", body: "{}" });
  expect(answer.status).toBe(503);
  expect(await answer.json()).toMatchObject({
    error_code: "UNAVAILABLE",
    message: "The warehouse is not running here. Start it.",
  });
});

test("a service that is down is unavailable, and one that comes back answers", async () => {
  await using service = await startService((_request, response) => response.end("fine"));
  await using proxy = await startProxy(service.url);
  expect(await (await fetch(`${proxy.url}/api/sql`)).text()).toBe("fine");
  const port = Number(new URL(service.url).port);
  service.service.closeAllConnections();
  await new Promise((resolve) => service.service.close(resolve));
  const answer = await fetch(`${proxy.url}/api/sql`);
  expect([answer.status, await answer.json()]).toMatchObject([
    503,
    { message: "The warehouse does not answer; try again in a moment." },
  ]);
  service.service.listen(port, "127.0.0.1");
  await once(service.service, "listening");
  expect(await (await fetch(`${proxy.url}/api/sql`)).text()).toBe("fine");
});
