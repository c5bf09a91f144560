import { createTestDatabase } from "@runweir/postgres/testing";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { startReviewing } from "../testing/review-people.ts";
import type { TestPerson } from "../testing/start-secured-api.ts";
import { migrationFolders } from "./prepare-database.ts";

interface Request {
  readonly requestId: number;
  readonly headDigest: string;
}

let database: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  database = await createTestDatabase(migrationFolders);
});
afterAll(() => database.drop());

interface Refusal {
  readonly message: string;
}
type Event = Refusal | readonly number[];

/** What a stream says one by one: numbers of requests, or why it ends. That anything may have happened is said besides, and left out. */
async function openChanges(url: string, who: TestPerson, input: object) {
  const leave = new AbortController();
  onTestFinished(() => leave.abort());
  const answer = await fetch(
    `${url}/trpc/review/changes?input=${encodeURIComponent(JSON.stringify(input))}`,
    { headers: { ...who.basic, accept: "text/event-stream" }, signal: leave.signal },
  );
  const events = (async function* () {
    let text = "";
    for await (const part of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += part;
      for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
        const event = text.slice(0, end);
        text = text.slice(end + 2);
        const name = /^event: (.*)$/m.exec(event)?.[1];
        const data = /^data: (.*)$/m.exec(event)?.[1] ?? "";
        if (name === "serialized-error") yield JSON.parse(data) as Refusal;
        if (name !== undefined || data === "") continue;
        const numbers = JSON.parse(data) as readonly (number | null)[];
        const known = numbers.filter((number) => number !== null);
        if (known.length > 0 || numbers.length === 0) yield known;
      }
    }
  })();
  return async (): Promise<Event | undefined> => (await events.next()).value ?? undefined;
}

/** Every process may know of rights as they were half a second ago: opened again until it is said this. */
async function openUntil(...of: [...Parameters<typeof openChanges>, (first: Event | undefined) => boolean]) {
  const [url, who, input, isMeant] = of;
  for (;;) {
    const next = await openChanges(url, who, input);
    const first = await next();
    if (isMeant(first)) return next;
  }
}

const isOpen = (first: Event | undefined) => Array.isArray(first);

test("who has a request open hears of what others do to it, and of nothing else", async () => {
  const { url, admin, scientist, owner, model, call, addVersion, mlflow } = await startReviewing(
    database,
    "live",
  );
  const version = Number(await addVersion(0.9));
  const open = (alias: string, of = model) =>
    call<Request>(scientist, "requests.open", {
      model: of,
      moves: [{ target: { kind: "alias", alias }, version }],
    });
  const { requestId, headDigest } = await open("gold");
  await mlflow(scientist, "registered-models/create", { name: "other" });
  await mlflow(scientist, "model-versions/create", { name: "other", source: "s3://bucket/m" });
  const next = await openChanges(url, owner, { requestId });
  expect(await next(), "whatever happened before").toEqual([]);

  await call(scientist, "requests.open", {
    model: "other",
    moves: [{ target: { kind: "alias", alias: "gold" }, version: 1 }],
  });
  const { commentId } = await call<{ commentId: number }>(scientist, "comments.add", {
    requestId,
    body: "a",
  });
  // The other model's request is older, and would have come first.
  expect(await next()).toEqual([requestId]);
  await call(scientist, "comments.edit", { commentId, body: "b" });
  expect(await next()).toEqual([requestId]);
  await call(admin, "verdicts.give", { requestId, headDigest, kind: "approve" });
  expect(await next()).toEqual([requestId]);
  const second = await open("gold");
  expect(await next(), "it may move what the first starts from").toEqual([second.requestId]);
});

test("a page hears of all requests that its reader may see, and loses them with the right to them", async () => {
  const { url, scientist, makeUser, model, call, addVersion } = await startReviewing(database, "sight");
  const version = Number(await addVersion(0.9));
  const guest = await makeUser("sight-guest", { role: "guest" });
  const grant = (of: string) =>
    database.query(
      `INSERT INTO identity.access_grant (grant_id, workspace, effect, level, target_kind, experiment_id, pattern, holder_kind,
         holder_id, created_by, creation_time) VALUES ($1, 'default', 'allow', 'read', 'model', NULL, $1, 'user', $2, 'test', 0)`,
      [of, guest.id],
    );
  const open = (alias: string) =>
    call<Request>(scientist, "requests.open", {
      model,
      moves: [{ target: { kind: "alias", alias }, version }],
    });
  const { requestId } = await open("a");
  expect(await (await openChanges(url, guest, { requestId }))()).toMatchObject({
    message: expect.stringContaining("Permission denied"),
  });
  await grant("something-else");
  const all = await openUntil(url, guest, {}, isOpen);
  expect(await (await openChanges(url, guest, { requestId }))()).toMatchObject({
    message: expect.stringContaining(`may not see request ${requestId}`),
  });

  // What happens to a request that they may not see is not told them; that they may see it now, the next event knows.
  await open("b");
  await grant(model);
  const next = await openUntil(url, guest, { requestId }, isOpen);
  const { requestId: third } = await open("c");
  expect(await all()).toEqual([third]);
  expect(await next()).toEqual([third]);
  await database.query("DELETE FROM identity.access_grant WHERE pattern = $1", [model]);
  // Besides what its checks found nothing happens to it: the stream ends by itself.
  let last = await next();
  while (isOpen(last)) last = await next();
  expect(last).toMatchObject({
    message: expect.stringContaining(`may not see request ${requestId}`),
  });
});
