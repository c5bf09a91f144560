import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { localOwner } from "@runweir/identity-domain";
import { expect, onTestFinished, test } from "vitest";
import { askSnapshots } from "./ask-snapshots.ts";

test("a statement that nobody waits for any more ends at the warehouse", async () => {
  const warehouse = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void warehouse.close());
  await once(warehouse, "listening");
  const { ask } = askSnapshots({
    url: `http://127.0.0.1:${(warehouse.address() as AddressInfo).port}`,
    assertions: { sign: async ({ principal }) => `asserted ${principal.id}` },
  });
  const abort = new AbortController();
  const asked = once(warehouse, "request");
  const question = { sql: "SELECT 1", params: {}, signal: abort.signal };
  const answer = expect(ask(localOwner("test"), question)).rejects.toMatchObject({ code: "unavailable" });
  const [request, response] = await asked;
  expect(request.headers.authorization).toBe("Bearer asserted local");
  const ended = once(response, "close");
  abort.abort();
  await Promise.all([answer, ended]);
});
