import { createServer, type IncomingHttpHeaders, type RequestListener } from "node:http";
import { connect } from "node:net";
import { expect, test } from "vitest";
import { startTestServer } from "../testing/index.ts";
import { proxyPages } from "./page-proxy.ts";

async function startZone(listener: RequestListener) {
  const zone = createServer(listener);
  await new Promise<void>((resolve) => zone.listen(0, "127.0.0.1", resolve));
  const address = zone.address();
  if (address === null || typeof address === "string") throw new Error("no address");
  return {
    url: `http://127.0.0.1:${address.port}`,
    [Symbol.asyncDispose]: async () => {
      zone.closeAllConnections();
      await new Promise((resolve) => zone.close(resolve));
    },
  };
}

function startProxy(url: string) {
  return startTestServer({
    routes: (server) =>
      proxyPages(server, { upstreamOf: () => ({ name: "tracking", url }), reserved: ["/api"] }),
  });
}

test("pages are streamed from their zone, status and headers kept", async () => {
  await using zone = await startZone((request, response) => {
    response.writeHead(206, {
      "content-type": "text/html",
      "set-cookie": ["a=1", "b=2"],
      "x-path": request.url,
    });
    response.write("first ");
    setImmediate(() => response.end("second"));
  });
  await using proxy = await startProxy(zone.url);
  const response = await fetch(`${proxy.url}/runs/a%2Fb?tab=charts`);
  expect(response.status).toBe(206);
  expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
  expect(response.headers.get("x-path")).toBe("/runs/a%2Fb?tab=charts");
  expect(response.headers.get("x-frame-options")).toBe("SAMEORIGIN");
  expect(await response.text()).toBe("first second");
});

test("credentials and inner headers stay outside the zone, the request id goes along", async () => {
  await using zone = await startZone((request, response) => response.end(JSON.stringify(request.headers)));
  await using proxy = await startProxy(zone.url);
  const response = await fetch(proxy.url, {
    headers: {
      authorization: "Basic x",
      "x-middleware-subrequest": "a",
      "x-request-id": "r1",
      cookie: "runweir_session=x.y; theme=dark; __Host-runweir_session=z",
    },
  });
  const seen = await response.json();
  expect(seen).toMatchObject({ "x-request-id": "r1", cookie: "theme=dark" });
  expect(seen).not.toHaveProperty("authorization");
  expect(seen).not.toHaveProperty("x-middleware-subrequest");
});

test("a page runs what its zone marked for this answer, and no other script", async () => {
  const seen: IncomingHttpHeaders[] = [];
  await using zone = await startZone((request, response) => {
    seen.push(request.headers);
    response.writeHead(200, {
      "content-type": request.url === "/x.js" ? "text/javascript" : "text/html; charset=utf-8",
      "content-security-policy": "script-src 'unsafe-inline'",
    });
    response.end();
  });
  await using proxy = await startProxy(zone.url);
  const ask = (path: string) =>
    fetch(proxy.url + path, {
      headers: { "x-nonce": "mine", "content-security-policy-report-only": "script-src 'nonce-mine'" },
    });
  const policies = [];
  for (const path of ["/runs", "/runs"]) {
    const policy = (await ask(path)).headers.get("content-security-policy") ?? "";
    const directives = Object.fromEntries(
      policy.split("; ").map((one) => [one.split(" ", 1)[0], one.slice(one.indexOf(" ") + 1)]),
    );
    const { "x-nonce": nonce, "content-security-policy": told } = seen.at(-1) ?? {};
    expect(nonce).toMatch(/^[A-Za-z0-9+/]{22}==$/);
    expect(told).toBe(policy);
    expect(seen.at(-1)).not.toHaveProperty("content-security-policy-report-only");
    expect(directives).toMatchObject({
      "default-src": "'self'",
      "script-src": `'self' 'nonce-${nonce}' 'strict-dynamic' 'wasm-unsafe-eval'`,
      "script-src-attr": "'none'",
      "frame-ancestors": "'self'",
      "base-uri": "'none'",
      "form-action": "'self'",
      "object-src": "'none'",
    });
    policies.push(policy);
  }
  expect(new Set(policies).size).toBe(2);
  expect((await ask("/x.js")).headers.get("content-security-policy")).toBe("script-src 'unsafe-inline'");
});

test("a zone that is down says so on its own pages, and asks again", async () => {
  const gone = await startZone(() => {});
  await gone[Symbol.asyncDispose]();
  await using proxy = await startProxy(gone.url);
  const page = await fetch(`${proxy.url}/runs`, { headers: { accept: "text/html" } });
  expect(page.status).toBe(503);
  expect(page.headers.get("retry-after")).toBe("2");
  const text = await page.text();
  expect(text).toContain("The tracking pages are not answering");
  expect(text).toContain('http-equiv="refresh"');
  const asset = await fetch(`${proxy.url}/_zones/tracking/x.js`);
  expect(asset.status).toBe(503);
  expect(asset.headers.get("content-type")).toContain("text/plain");
  expect((await fetch(`${proxy.url}/health`)).status).toBe(200);
});

test("a kept connection that the zone closes while it is used again costs nobody a page", async () => {
  const answered = new WeakSet<object>();
  await using zone = await startZone((request, response) => {
    // The second request on a connection finds it closed.
    if (answered.has(request.socket)) return request.socket.destroy();
    answered.add(request.socket);
    response.end(request.url);
  });
  await using proxy = await startProxy(zone.url);
  for (const path of ["/runs/1", "/runs/2", "/runs/3"]) {
    const response = await fetch(proxy.url + path);
    expect([response.status, await response.text()]).toEqual([200, path]);
  }
});

test("a zone that dies in the middle of a page ends that page only", async () => {
  await using zone = await startZone((request, response) => {
    if (request.url === "/whole") return response.end("whole");
    response.write("half");
    setImmediate(() => response.destroy());
  });
  await using proxy = await startProxy(zone.url);
  await expect(fetch(`${proxy.url}/cut`).then((response) => response.text())).rejects.toThrow();
  expect(await (await fetch(`${proxy.url}/whole`)).text()).toBe("whole");
});

test("unknown paths of the API are not pages, and pages take no writes", async () => {
  await using zone = await startZone((_request, response) => response.end("page"));
  await using proxy = await startProxy(zone.url);
  expect((await fetch(`${proxy.url}/api/2.0/nonsense`)).status).toBe(404);
  expect((await fetch(`${proxy.url}/runs`, { method: "POST" })).status).toBe(404);
});

/** Byte for byte as written: clients tidy targets up. */
function sendTarget(port: number, target: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1");
    let answer = "";
    socket.on("data", (chunk) => {
      answer += chunk.toString();
    });
    socket.once("error", reject);
    socket.once("close", () => resolve(answer.split("\r\n\r\n")[1] ?? ""));
    socket.write(`GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
  });
}

test("no target reaches another server than the zone", async () => {
  const reached: string[] = [];
  await using other = await startZone((request, response) => {
    reached.push(request.url ?? "");
    response.end("another server");
  });
  await using zone = await startZone((request, response) => {
    // With a length the answer is one piece, without frames of its own.
    response.setHeader("content-length", Buffer.byteLength(request.url ?? ""));
    response.end(request.url);
  });
  await using proxy = await startProxy(zone.url);
  const host = other.url.replace("http://", "");
  const path = `/${host}/x`;
  for (const [target, seen] of [
    [`//${host}/x`, path],
    [`/\\${host}/x`, path],
    [`/\\/${host}/x`, path],
    [`http://${host}/x?y=1`, "/x?y=1"],
    [`http://${host}`, "/"],
  ] as const)
    expect(await sendTarget(proxy.port, target), target).toBe(seen);
  expect(reached).toEqual([]);
});
