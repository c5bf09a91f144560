import { connect } from "node:net";
import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { startTestServer } from "../testing/index.ts";

const routes = (server: Awaited<ReturnType<typeof startTestServer>>["server"]) => {
  server.post("/json", { config: { permission: "public" } }, () => "read");
  server.addContentTypeParser("application/octet-stream", (_request, payload, done) => done(null, payload));
  server.put("/upload", { config: { permission: "public" } }, async (request) => {
    let bytes = 0;
    for await (const chunk of request.body as AsyncIterable<Buffer>) bytes += chunk.length;
    return String(bytes);
  });
};

/** Speaks to the bare socket; resolves with all that came back when the server closed the connection. */
function talk(port: number, head: string): { readonly answer: Promise<string>; write(text: string): void } {
  const socket = connect(port, "127.0.0.1");
  let received = "";
  socket.on("data", (chunk) => {
    received += chunk.toString();
  });
  socket.on("error", () => {});
  socket.write(head);
  return {
    answer: new Promise((resolve) => socket.once("close", () => resolve(received))),
    write: (text) => void socket.write(text),
  };
}

test("a JSON body that dribbles in is cut with 408", async () => {
  await using running = await startTestServer({ routes, bodyTimeoutMs: 200 });
  const head =
    "POST /json HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{";
  const client = talk(running.port, head);
  const dribble = setInterval(() => client.write(" "), 20);
  const answer = await client.answer;
  clearInterval(dribble);
  expect(answer).toMatch(/^HTTP\/1\.1 408 /);
});

test("an upload that stops is cut", async () => {
  await using running = await startTestServer({ routes, bodyTimeoutMs: 200 });
  const head =
    "PUT /upload HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/octet-stream\r\nContent-Length: 100\r\n\r\nabc";
  expect(await talk(running.port, head).answer).toMatch(/^HTTP\/1\.1 408 /);
});

test("an upload may take longer than the time limit as long as it goes on", async () => {
  await using running = await startTestServer({ routes, bodyTimeoutMs: 400 });
  const body = new PassThrough();
  let chunks = 0;
  const feed = setInterval(() => {
    body.write("0123456789");
    chunks += 1;
    if (chunks === 50) {
      clearInterval(feed);
      body.end();
    }
  }, 20);
  const response = await fetch(`${running.url}/upload`, {
    method: "PUT",
    headers: { "content-type": "application/octet-stream" },
    body,
    duplex: "half",
  });
  expect(await response.text()).toBe("500");
});

test("a body of 100 MB over the limit is answered with 413 that the client can read", async () => {
  await using running = await startTestServer({ routes, bodyLimitBytes: 1024 });
  const response = await fetch(`${running.url}/json`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: Buffer.alloc(100 * 1024 * 1024, 0x20),
  });
  expect(response.status).toBe(413);
  expect(await response.json()).toMatchObject({ error_code: "INVALID_REQUEST" });
});
