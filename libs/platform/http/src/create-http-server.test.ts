import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { DomainError } from "@runweir/errors";
import { anonymous } from "@runweir/identity-domain";
import { expect, test } from "vitest";
import { startTestServer } from "../testing/index.ts";

/** `fetch` does not let a test choose Host, Origin or Sec-Fetch-Site. */
function send(
  url: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<{ status: number; headers: IncomingHttpHeaders; text: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(url, { method: options.method ?? "GET", headers: options.headers ?? {} });
    outgoing.once("error", reject);
    outgoing.once("response", async (response) => {
      let text = "";
      for await (const chunk of response) text += chunk;
      resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
    });
    outgoing.end(options.body);
  });
}

test("a route without a permission does not start", async () => {
  await expect(startTestServer({ routes: (server) => server.get("/open", () => "x") })).rejects.toThrow(
    "Route GET /open declares no permission",
  );
});

test("a route with a permission nobody knows does not start", async () => {
  const routes = startTestServer({
    // biome-ignore lint/suspicious/noExplicitAny: what a typo would be
    routes: (server) => server.get("/open", { config: { permission: "experiment.raed" as any } }, () => "x"),
  });
  await expect(routes).rejects.toThrow('unknown permission "experiment.raed"');
});

test("the caller is asked for before the body is read", async () => {
  let parsed = false;
  await using running = await startTestServer({
    identify: (request) => ({ ...anonymous(request.id), principal: { kind: "user", id: "u1", name: "ann" } }),
    routes(server) {
      server.addHook("preValidation", async () => {
        parsed = true;
      });
      server.post("/write", { config: { permission: "experiment.edit" } }, () => "done");
    },
  });
  const answer = await send(`${running.url}/write`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{not json",
  });
  expect(answer.status).toBe(403);
  expect(answer.text).toContain("Permission denied: ann has no edit permission on any experiment.");
  expect(parsed).toBe(false);
});

test("every route gets a caller with the request's id", async () => {
  await using running = await startTestServer({
    routes: (server) =>
      server.get("/me", { config: { permission: "experiment.read" } }, (request) => request.caller),
  });
  const answer = await send(`${running.url}/me`, {
    headers: { "x-request-id": "abc-1", "user-agent": "test" },
  });
  expect(JSON.parse(answer.text)).toMatchObject({
    workspace: "default",
    requestId: "abc-1",
    origin: { door: "api", address: "127.0.0.1", userAgent: "test" },
  });
  expect(answer.headers["x-request-id"]).toBe("abc-1");
});

test("foreign host names are refused, health excepted", async () => {
  await using running = await startTestServer({ allowedHosts: ["ml.example.org"] });
  const ask = (path: string, host: string) => send(`${running.url}${path}`, { headers: { host } });
  expect((await ask("/metrics", "evil.example")).status).toBe(403);
  expect((await ask("/metrics", "evil.example")).text).toContain("RUNWEIR_ALLOWED_HOSTS");
  expect((await ask("/metrics", "ml.example.org")).status).toBe(200);
  expect((await ask("/metrics", "localhost:1")).status).toBe(200);
  expect((await ask("/health", "10.0.0.7:5050")).status).toBe(200);
});

test("writes from other sites' pages are refused, programs and our own pages pass", async () => {
  await using running = await startTestServer({
    routes: (server) => server.post("/write", { config: { permission: "experiment.edit" } }, () => "done"),
  });
  const write = (headers: Record<string, string>) =>
    send(`${running.url}/write`, { method: "POST", headers }).then((answer) => answer.status);
  expect(await write({ origin: "https://evil.example" })).toBe(403);
  expect(await write({ "sec-fetch-site": "cross-site" })).toBe(403);
  expect(await write({ origin: running.url })).toBe(200);
  expect(await write({})).toBe(200);
});

test("every answer carries the security headers and an id", async () => {
  await using running = await startTestServer();
  for (const path of ["/health", "/nowhere"]) {
    const { headers } = await send(`${running.url}${path}`);
    expect(headers).toMatchObject({
      "x-frame-options": "SAMEORIGIN",
      "x-content-type-options": "nosniff",
      "referrer-policy": "same-origin",
    });
    expect(headers["x-request-id"]).toMatch(/^[0-9a-f]{16}$/);
  }
});

test("health is plain, readiness gives reasons", async () => {
  const state = { ready: true, problems: [] as string[] };
  await using running = await startTestServer({ checkReadiness: async () => state });
  expect(await send(`${running.url}/health`)).toMatchObject({ status: 200, text: "OK" });
  expect(await send(`${running.url}/health/live`)).toMatchObject({ status: 200, text: "OK" });
  expect((await send(`${running.url}/health/ready`)).status).toBe(200);
  state.ready = false;
  state.problems = ["The database does not answer."];
  const answer = await send(`${running.url}/health/ready`);
  expect(answer.status).toBe(503);
  expect(answer.text).toContain("The database does not answer.");
});

test("requests are measured by route pattern and logged with their id", async () => {
  await using running = await startTestServer({
    routes: (server) => server.get("/things/:id", { config: { permission: "public" } }, () => "x"),
  });
  await send(`${running.url}/things/7`, { headers: { "x-request-id": "r7" } });
  const { text } = await send(`${running.url}/metrics`);
  expect(text).toContain('route="/things/:id",status="200"');
  expect(text).not.toContain("/things/7");
  const line = running.log.map((entry) => JSON.parse(entry)).find((entry) => entry.requestId === "r7");
  expect(line).toMatchObject({ msg: "request", status: 200, path: "/things/7", level: "debug" });
});

test("domain errors keep their words; surprises go to the log only", async () => {
  await using running = await startTestServer({
    routes(server) {
      const config = { permission: "public" } as const;
      server.get("/away", { config }, () => {
        throw new DomainError("unavailable", "The database cannot be reached.", { retryAfterSeconds: 2 });
      });
      server.get("/bug", { config }, () => {
        throw new Error("secret detail");
      });
    },
  });
  const away = await send(`${running.url}/away`);
  expect(away.status).toBe(503);
  expect(away.headers["retry-after"]).toBe("2");
  expect(JSON.parse(away.text)).toMatchObject({
    error_code: "UNAVAILABLE",
    message: "The database cannot be reached.",
  });
  const bug = await send(`${running.url}/bug`, { headers: { "x-request-id": "r9" } });
  expect(bug.status).toBe(500);
  expect(bug.text).not.toContain("secret detail");
  expect(JSON.parse(bug.text).request_id).toBe("r9");
  expect(running.log.join("")).toContain("secret detail");
});

test("a person gets a page, not JSON, for an address that is not there", async () => {
  await using running = await startTestServer();
  const answer = await send(`${running.url}/<b>nowhere</b>`, { headers: { accept: "text/html" } });
  expect(answer.status).toBe(404);
  expect(answer.headers["content-type"]).toContain("text/html");
  expect(answer.text).not.toContain("<b>");
});
