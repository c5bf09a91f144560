import { createHmac, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type OutboxEvent, recordEvents } from "@runweir/outbox";
import { createTestDatabase } from "@runweir/postgres/testing";
import { afterEach, beforeEach, expect, onTestFinished, test } from "vitest";
import { startSecuredApi, type TestPerson } from "../testing/start-secured-api.ts";
import { migrationFolders } from "./prepare-database.ts";

// One for each test: whoever delivers takes every event to every webhook, those that others left too.
let database: Awaited<ReturnType<typeof createTestDatabase>>;
beforeEach(async () => {
  database = await createTestDatabase(migrationFolders);
});
afterEach(() => database.drop());

interface Received {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  readonly body: { readonly data: { readonly alias?: string } } & Record<string, unknown>;
}

/** A real receiver that answers what it is told to. */
async function startReceiver() {
  const received: Received[] = [];
  const answers = { status: 200 };
  const server = createServer(async (incoming, outgoing) => {
    const parts: Buffer[] = [];
    for await (const part of incoming) parts.push(part as Buffer);
    const text = Buffer.concat(parts).toString();
    received.push({ headers: incoming.headers, text, body: JSON.parse(text) as Received["body"] });
    outgoing.writeHead(answers.status).end("taken");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });
  const { port } = server.address() as AddressInfo;
  return { received, answers, url: `http://127.0.0.1:${port}/hook` };
}

/** The key is one for all processes, as in an installation. */
const environment = {
  RUNWEIR_WEBHOOK_PRIVATE_HOSTS: "127.0.0.1",
  RUNWEIR_SECRET_KEY: randomBytes(32).toString("base64"),
};

async function start() {
  const secured = await startSecuredApi(database, environment);
  let made = 0;
  const ask = async (person: TestPerson, method: string, path: string, body?: object) => {
    const answer = await fetch(`${secured.url}${path}`, {
      method,
      headers: { "content-type": "application/json", ...person.basic },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, never> };
  };
  return {
    ...secured,
    ask,
    procedure: async (person: TestPerson, name: string, input: object, isQuery = true) => {
      const encoded = isQuery ? `?input=${encodeURIComponent(JSON.stringify(input))}` : "";
      const path = `/trpc/webhooks/${name}${encoded}`;
      const { status, body } = await ask(person, isQuery ? "GET" : "POST", path, isQuery ? undefined : input);
      return { status, data: (body as { result?: { data?: unknown } }).result?.data as never };
    },
    person: (role: "admin" | "member") => secured.makeUser(`p${process.hrtime.bigint()}-${++made}`, { role }),
  };
}

const moved = (model: string, alias: string): OutboxEvent => ({
  workspace: "default",
  time: 1_790_000_000_000,
  kind: "model_alias.moved",
  actor: { id: "u1", name: "ann" },
  model,
  subject: { alias },
  after: { version: "1" },
});
const record = (...events: OutboxEvent[]) =>
  database.transaction((transaction) => recordEvents(transaction, events));
/** Readers begin when they are known. */
const readersKnown = () =>
  expect.poll(() => database.query("SELECT FROM outbox.reader WHERE name = 'webhooks'")).toHaveLength(1);

/** What has happened until now was handed to whoever was active then. */
const everythingRead = () =>
  expect
    .poll(
      () =>
        database.query(
          `SELECT FROM outbox.event WHERE place IS NULL
             OR place > (SELECT place FROM outbox.reader WHERE name = 'webhooks')`,
        ),
      { timeout: 20_000 },
    )
    .toEqual([]);

const events = [{ entity: "MODEL_VERSION_ALIAS", action: "CREATED" }];

test("two processes deliver each event once, signed as MLflow signs", async () => {
  const receiver = await startReceiver();
  const [first] = [await start(), await start()];
  const admin = await first.person("admin");
  const made = await first.ask(admin, "POST", "/api/2.0/mlflow/webhooks", {
    name: "all",
    url: receiver.url,
    events,
    secret: "s3cret",
  });
  expect(made).toMatchObject({ status: 200, body: { webhook: { name: "all", status: "ACTIVE", events } } });
  expect(JSON.stringify(made.body)).not.toContain("s3cret");
  await readersKnown();
  const aliases = Array.from({ length: 40 }, (_, number) => `a${number}`);
  await Promise.all(aliases.map((alias) => record(moved("fraud", alias))));
  await expect.poll(() => receiver.received.length).toBe(40);
  const { webhook } = made.body as unknown as { webhook: { webhook_id: string } };
  const log = async () =>
    (await first.procedure(admin, "listDeliveries", { webhookId: webhook.webhook_id, state: "delivered" }))
      .data as { items: { deliveryId: string; attempts: number }[] };
  await expect.poll(async () => (await log()).items.length).toBe(40);
  expect(new Set(receiver.received.map(({ body }) => body.data.alias))).toEqual(new Set(aliases));
  expect(receiver.received).toHaveLength(40);
  const [{ headers, text }] = receiver.received as [Received];
  const signed = `${headers["x-mlflow-delivery-id"]}.${headers["x-mlflow-timestamp"]}.${text}`;
  expect(headers["x-mlflow-signature"]).toBe(
    `v1,${createHmac("sha256", "s3cret").update(signed).digest("base64")}`,
  );
  const kept = await database.query<{ row: string }>(
    "SELECT w::text AS row FROM webhooks.webhook w UNION ALL SELECT s::text FROM identity.secret s",
  );
  expect(JSON.stringify(kept)).not.toContain("s3cret");

  // Once more under the same id, for whoever asks for it.
  const [one] = (await log()).items;
  const asked = { webhookId: webhook.webhook_id, deliveryId: one?.deliveryId };
  expect((await first.procedure(admin, "redeliver", asked, false)).status).toBe(200);
  await expect.poll(() => receiver.received.length).toBe(41);
  expect(receiver.received[40]?.headers["x-mlflow-delivery-id"]).toBe(one?.deliveryId);
  await first.ask(admin, "DELETE", `/api/2.0/mlflow/webhooks/${webhook.webhook_id}`);
  expect(await database.query("SELECT FROM identity.secret")).toEqual([]);
});

test("what fails is tried again, and a webhook that only fails is paused until it is turned on", async () => {
  const receiver = await startReceiver();
  const api = await start();
  const admin = await api.person("admin");
  const { data } = await api.procedure(
    admin,
    "create",
    { name: "failing", url: receiver.url, events: ["model_alias.moved"] },
    false,
  );
  const { webhookId } = data as { webhookId: string };
  await readersKnown();
  receiver.answers.status = 500;
  // It has failed often before, and is paused with the second attempt, when ever that comes.
  await database.query("UPDATE webhooks.webhook SET failures = 48 WHERE webhook_id = $1", [webhookId]);
  await record(moved("fraud", "again"));
  const delivery = async () =>
    (
      await database.query<{ state: string; attempts: number; next_time: number }>(
        "SELECT state, attempts, next_time FROM webhooks.delivery WHERE webhook_id = $1",
        [webhookId],
      )
    )[0];
  const attempted = () =>
    database.query(
      "SELECT FROM webhooks.attempt JOIN webhooks.delivery USING (delivery_id) WHERE webhook_id = $1",
      [webhookId],
    );
  await expect.poll(async () => (await attempted()).length).toBeGreaterThan(0);
  // Its pause is over, unless it was already.
  await database.query("UPDATE webhooks.delivery SET next_time = 0 WHERE webhook_id = $1 AND attempts = 1", [
    webhookId,
  ]);
  const status = async () =>
    ((await api.procedure(admin, "get", { webhookId })).data as { status: string }).status;
  await expect.poll(status).toBe("paused");
  expect(await delivery()).toMatchObject({ state: "waiting", attempts: 2 });
  await record(moved("fraud", "missed"));
  await everythingRead();
  receiver.answers.status = 200;
  await database.query("UPDATE webhooks.delivery SET next_time = 0 WHERE webhook_id = $1", [webhookId]);
  await api.procedure(admin, "update", { webhookId, status: "active" }, false);
  await expect.poll(async () => (await delivery())?.state).toBe("delivered");
  const queued = await database.query("SELECT FROM webhooks.delivery WHERE webhook_id = $1", [webhookId]);
  expect(queued, "what happened while it was paused is not for it").toHaveLength(1);
  const { data: page } = await api.procedure(admin, "listDeliveries", { webhookId });
  const [item] = (page as { items: { deliveryId: string }[] }).items;
  const { data: details } = await api.procedure(admin, "getDelivery", {
    webhookId,
    deliveryId: item?.deliveryId,
  });
  expect((details as { attemptList: { status: number }[] }).attemptList.map((one) => one.status)).toEqual([
    200, 500, 500,
  ]);
});

test("who manages a model manages its webhooks and sees no others, and the audit log tells of it", async () => {
  const api = await start();
  const [admin, member] = [await api.person("admin"), await api.person("member")];
  await api.ask(member, "POST", "/api/2.0/mlflow/registered-models/create", { name: "theirs" });
  const draft = { url: "https://hooks.example.org/path-with-a-secret", events: ["model_alias.moved"] };
  const create = (person: TestPerson, name: string, model?: string) =>
    api.procedure(person, "create", { ...draft, name, ...(model ? { model } : {}) }, false);
  expect((await create(member, "whole")).status).toBe(403);
  expect((await create(member, "foreign", "another")).status).toBe(403);
  const { data: own } = await create(member, "own", "theirs");
  const { data: whole } = await create(admin, "whole");
  const id = (made: unknown) => (made as { webhookId: string }).webhookId;
  expect((await api.procedure(member, "get", { webhookId: id(own) })).status).toBe(200);
  for (const name of ["get", "listDeliveries"])
    expect((await api.procedure(member, name, { webhookId: id(whole) })).status).toBe(403);
  const names = async (person: TestPerson, model: string | null) =>
    (
      (await api.procedure(person, "list", { model })).data as { items: { name: string }[] } | undefined
    )?.items.map(({ name }) => name);
  expect(await names(member, "theirs")).toEqual(["own"]);
  expect(await names(member, null)).toBeUndefined();
  expect(await names(admin, null)).toContain("whole");

  // A webhook of a model goes with it where it is called otherwise.
  await readersKnown();
  await record({
    ...moved("theirs", ""),
    kind: "registered_model.renamed",
    subject: {},
    before: { name: "theirs" },
    after: { name: "renamed" },
  });
  await expect.poll(() => names(admin, "renamed")).toEqual(["own"]);
  const entries = await database.query<{ action: string; after: unknown }>(
    "SELECT action, after FROM identity.audit_entry WHERE object_id = $1",
    [id(own)],
  );
  expect(entries).toMatchObject([{ action: "webhook.create", after: { host: "hooks.example.org" } }]);
  expect(JSON.stringify(entries)).not.toContain("path-with-a-secret");
});

test("private addresses are refused, and said to be, when a webhook is tried", async () => {
  const receiver = await startReceiver();
  const api = await start();
  const admin = await api.person("admin");
  const make = async (url: string) => {
    const { body } = await api.ask(admin, "POST", "/api/2.0/mlflow/webhooks", { name: "try", url, events });
    return (body as unknown as { webhook: { webhook_id: string } }).webhook.webhook_id;
  };
  const tryOut = async (webhookId: string) =>
    (await api.ask(admin, "POST", `/api/2.0/mlflow/webhooks/${webhookId}/test`, {})).body;
  expect(await tryOut(await make("https://127.0.0.2/x"))).toMatchObject({
    result: { success: false, error_message: expect.stringContaining("not on the public internet") },
  });
  expect(await tryOut(await make(receiver.url))).toMatchObject({
    result: { success: true, response_status: 200, response_body: "taken" },
  });
  expect(receiver.received[0]?.body).toMatchObject({ entity: "model_version_alias", action: "created" });
  const plain = { name: "plain", url: "http://hooks.example.org/x", events };
  expect(await api.ask(admin, "POST", "/api/2.0/mlflow/webhooks", plain)).toMatchObject({ status: 400 });
});
