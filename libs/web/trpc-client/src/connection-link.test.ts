import { createTRPCClient, httpLink } from "@trpc/client";
import { initTRPC } from "@trpc/server";
import { beforeEach, expect, test } from "vitest";
import { readConnection, reportConnection } from "./connection.ts";
import { connectionLink } from "./connection-link.ts";

const { router, procedure } = initTRPC.create();
const api = router({ anything: procedure.query(() => 1) });

function ask(answer: () => Promise<Response>, signal?: AbortSignal): Promise<unknown> {
  const client = createTRPCClient<typeof api>({
    links: [connectionLink(), httpLink({ url: "http://127.0.0.1/trpc", fetch: answer })],
  });
  return client.anything.query(undefined, signal ? { signal } : {}).catch(() => {});
}

beforeEach(() => reportConnection("connected"));

test("no answer means lost, any answer means connected", async () => {
  await ask(() => Promise.reject(new TypeError("fetch failed")));
  expect(readConnection()).toBe("lost");
  await ask(async () => Response.json({ result: { data: 1 } }));
  expect(readConnection()).toBe("connected");
});

test("a refusal is an answer", async () => {
  reportConnection("lost");
  await ask(async () =>
    Response.json({ error: { message: "no", code: -32_004, data: {} } }, { status: 404 }),
  );
  expect(readConnection()).toBe("connected");
});

test("a request that the page itself gave up says nothing about the server", async () => {
  const abort = new AbortController();
  const asked = ask(() => {
    abort.abort();
    return Promise.reject(new DOMException("given up", "AbortError"));
  }, abort.signal);
  await asked;
  expect(readConnection()).toBe("connected");
});
