import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import type { WebhookRequest } from "@runweir/webhooks-domain";
import { expect, onTestFinished, test } from "vitest";
import { createSender } from "./create-sender.ts";

async function listen(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });
  return (server.address() as AddressInfo).port;
}

const request = (url: string): WebhookRequest => ({
  url,
  verifiesTls: true,
  headers: { "Content-Type": "application/json", Authorization: "Bearer x" },
  body: '{"a":"ü"}',
});
const local = [{ address: "127.0.0.1", family: 4 }];
/** Where only these names are private hosts, and every name is this machine. */
const sender = (hosts: readonly string[], more: Partial<Parameters<typeof createSender>[0]> = {}) =>
  createSender({ isPrivateHost: (host) => hosts.includes(host), resolve: async () => local, ...more });

test("a request arrives as it was composed, and the beginning of the answer comes back", async () => {
  const seen: unknown[] = [];
  const port = await listen(async (incoming, outgoing) => {
    const parts: Buffer[] = [];
    for await (const part of incoming) parts.push(part as Buffer);
    seen.push([
      incoming.method,
      incoming.url,
      incoming.headers.authorization,
      Buffer.concat(parts).toString(),
    ]);
    outgoing.writeHead(202, { "retry-after": "7" }).end("é".repeat(10_000));
  });
  const result = await sender(["hook"])(request(`http://hook:${port}/x?y=1`));
  expect(seen).toEqual([["POST", "/x?y=1", "Bearer x", '{"a":"ü"}']]);
  expect(result).toMatchObject({ outcome: "answered", status: 202, retryAfterMs: 7_000 });
  expect((result as { response: string }).response.length).toBeLessThanOrEqual(4_096);
});

test.each([
  "https://127.0.0.1/x",
  "https://169.254.169.254/latest/meta-data",
  "https://[::1]/x",
  "https://[::ffff:10.0.0.1]/x",
  // As browsers and node read them, these are 127.0.0.1 too.
  "https://2130706433/x",
  "https://0x7f.1/x",
  "https://somewhere.example/x",
  "http://somewhere.example/x",
])("%s is not gone to", async (url) => {
  expect(await sender([])(request(url))).toMatchObject({ outcome: "forbidden" });
});

test("one private address among public ones is enough", async () => {
  const resolve = async () => [{ address: "1.1.1.1", family: 4 }, ...local];
  expect(await sender([], { resolve })(request("https://mixed.example/x"))).toMatchObject({
    outcome: "forbidden",
    message: expect.stringContaining("mixed.example (127.0.0.1)"),
  });
});

test("a name that changes its address is looked at once for each request, and what was looked at is where it goes", async () => {
  let arrived = 0;
  const port = await listen((_, outgoing) => {
    arrived++;
    outgoing.end();
  });
  // Public when it is looked at, private for whoever would look again.
  const answers = [[{ address: "1.1.1.1", family: 4 }], local, local];
  let asked = 0;
  const resolve = async () => answers[asked++] ?? local;
  const send = sender([], { resolve, timeoutMs: 300 });
  // Nobody is there under the public address: had the name been asked for again, the server would have heard of it.
  expect(await send(request(`https://turning.example:${port}/`))).toMatchObject({ outcome: "unreachable" });
  expect(asked).toBe(1);
  expect(await send(request(`https://turning.example:${port}/`))).toMatchObject({ outcome: "forbidden" });
  expect([asked, arrived]).toEqual([2, 0]);
});

test("redirects are followed where they may go, without credentials for other hosts, and refused elsewhere", async () => {
  const seen: unknown[] = [];
  const target = await listen((incoming, outgoing) => {
    seen.push([incoming.method, incoming.headers.authorization]);
    outgoing.end("there");
  });
  const to = (location: string, status = 307) =>
    listen((_, outgoing) => void outgoing.writeHead(status, { location }).end());
  const send = sender(["hook", "other"]);
  const from = async (location: string, status?: number) =>
    send(request(`http://hook:${await to(location, status)}/`));
  expect(await from(`http://other:${target}/`)).toMatchObject({ status: 200, response: "there" });
  expect(seen).toEqual([["POST", undefined]]);
  expect(await from(`http://127.0.0.1:${target}/`)).toMatchObject({ outcome: "forbidden" });
  expect(await from("file:///etc/passwd")).toMatchObject({ outcome: "forbidden" });
  expect(await from("https://secret.internal/", 308)).toMatchObject({ outcome: "forbidden" });
  // It would turn the event into a question.
  expect(await from(`http://other:${target}/`, 302)).toMatchObject({ outcome: "answered", status: 302 });
  const loop: number = await listen(
    (_, outgoing) => void outgoing.writeHead(307, { location: `http://hook:${loop}/` }).end(),
  );
  expect(await send(request(`http://hook:${loop}/`))).toMatchObject({ outcome: "forbidden" });
  expect(seen).toHaveLength(1);
});

test("what does not answer, answers for ever or is not there is given up", async () => {
  const silent = await listen(() => {});
  const send = sender(["hook"], { timeoutMs: 300 });
  expect(await send(request(`http://hook:${silent}/`))).toEqual({
    outcome: "unreachable",
    message: "There was no answer within 0.3 s.",
  });
  const endless = await listen((_, outgoing) => {
    const more = (): void => void (outgoing.write("x".repeat(1_000)) && setImmediate(more));
    more();
  });
  expect(await send(request(`http://hook:${endless}/`))).toMatchObject({ outcome: "answered", status: 200 });
  const dripping = await listen((_, outgoing) => void outgoing.write("x"));
  expect(await send(request(`http://hook:${dripping}/`))).toMatchObject({ outcome: "unreachable" });
  expect(await send(request("http://hook:1/"))).toMatchObject({ outcome: "unreachable" });
});

test("an event that is too large is not sent", async () => {
  const large = { ...request("http://hook:1/"), body: "x".repeat(1_048_577) };
  expect(await sender(["hook"])(large)).toMatchObject({ outcome: "forbidden" });
});
