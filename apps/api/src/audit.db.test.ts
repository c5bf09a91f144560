import type { AuditEntry } from "@runweir/identity-domain";
import { emptyAudit, fillAudit, tamper } from "@runweir/identity-postgres/testing";
import { createTestDatabase } from "@runweir/postgres/testing";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { post, startTestApi } from "../testing/start-test-api.ts";
import { migrationFolders } from "./prepare-database.ts";

let database: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  database = await createTestDatabase(migrationFolders);
});
afterAll(() => database.drop());
beforeEach(() => emptyAudit(database));

interface Answer {
  readonly result: { readonly data: unknown };
  readonly error?: { readonly message: string };
}

async function ask<Data>(url: string, path: string, input: unknown): Promise<Data> {
  const answer = await fetch(
    `${url}/trpc/identity/${path}?input=${encodeURIComponent(JSON.stringify(input))}`,
  );
  return ((await answer.json()) as Answer).result.data as Data;
}

async function verify(url: string, after?: { sequence: number; hash: string }) {
  const answer = (await (await post(`${url}/trpc/identity/audit.verify`, { after })).json()) as Answer;
  return answer.result.data as {
    verified: { sequence: number; hash: string };
    head: { sequence: number };
    fault: { message: string } | null;
  };
}

test("pages search the log, page by page, and are told what to filter by", async () => {
  await fillAudit(database, 300);
  const { url } = await startTestApi(database.url);
  const first = await ask<AuditEntry[]>(url, "audit.list", { action: "alias.move" });
  expect(first.map(({ action }) => action)).toEqual(first.map(() => "alias.move"));
  const newest = await ask<AuditEntry[]>(url, "audit.list", { limit: 200 });
  const older = await ask<AuditEntry[]>(url, "audit.list", { limit: 200, before: newest.at(-1)?.sequence });
  expect([newest.length, older.length, older.at(-1)?.sequence]).toEqual([200, 100, 1]);
  const choices = await ask<{ actions: string[]; people: object[]; isWhole: boolean }>(
    url,
    "audit.choices",
    {},
  );
  expect(choices).toMatchObject({ isWhole: true, actions: expect.arrayContaining(["token.revoke"]) });
  expect(choices.people).toHaveLength(37);
});

test("pages verify the chain in stretches and hear of a fault", async () => {
  await fillAudit(database, 25_000);
  const { url } = await startTestApi(database.url);
  const stretch = await verify(url);
  expect(stretch).toMatchObject({ verified: { sequence: 20_000 }, head: { sequence: 25_000 }, fault: null });
  expect(await verify(url, stretch.verified)).toMatchObject({ verified: { sequence: 25_000 }, fault: null });
  await tamper(database, "UPDATE identity.audit_entry SET object_id = 'x' WHERE sequence = 24000");
  expect(await verify(url, stretch.verified)).toMatchObject({
    verified: { sequence: 23_999 },
    fault: { kind: "altered", message: "Entry 24000 was altered." },
  });
});

test("the log is streamed to who exports it, and that is entered with where they came from", async () => {
  await fillAudit(database, 3_000);
  const { url } = await startTestApi(database.url);
  const answer = await fetch(`${url}/api/audit.ndjson?object_kind=alias&from=2023-11-15`, {
    headers: { "user-agent": "curl/8", "x-request-id": "export-1" },
  });
  expect(answer.headers.get("content-type")).toBe("application/x-ndjson; charset=utf-8");
  expect(answer.headers.get("content-disposition")).toContain("runweir-audit.ndjson");
  const entries = (await answer.text())
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as AuditEntry);
  expect(new Set(entries.map(({ object }) => object.kind))).toEqual(new Set(["alias"]));
  expect(entries.every(({ time }) => time >= Date.parse("2023-11-15"))).toBe(true);
  const [entered] = await ask<AuditEntry[]>(url, "audit.list", { limit: 1 });
  expect(entered).toMatchObject({
    action: "audit.export",
    after: { objectKind: "alias", from: Date.parse("2023-11-15") },
    origin: { door: "api", address: "127.0.0.1", userAgent: "curl/8", requestId: "export-1" },
  });
});

test.each([
  ["since=2026-01-01", 'query: found "since", allowed is parameters actor,'],
  ["from=monday", 'from: found "monday", allowed is a time like 2026-11-26T09:30:00Z.'],
  ["text=a&text=b", "text: found 2 values, allowed is one."],
])("an export of ?%s is refused", async (query, message) => {
  const { url } = await startTestApi(database.url);
  const answer = await fetch(`${url}/api/audit.ndjson?${query}`);
  expect(answer.status).toBe(400);
  expect(await answer.text()).toContain(message.replaceAll('"', '\\"'));
});
