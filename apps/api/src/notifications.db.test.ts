import { createMailer } from "@runweir/mail";
import type { Wish } from "@runweir/notifications-domain";
import { startMailing } from "@runweir/notifications-mailing";
import { createNoticeQueue, createPreferenceStore, queueNotices } from "@runweir/notifications-postgres";
import { createTestDatabase } from "@runweir/postgres/testing";
import { afterEach, beforeEach, expect, onTestFinished, test } from "vitest";
import { startMailServer } from "../testing/start-mail-server.ts";
import { startSecuredApi, type TestPerson } from "../testing/start-secured-api.ts";
import { migrationFolders } from "./prepare-database.ts";

// One for each test: whoever sends e-mail sends what others left to be told, too.
let database: Awaited<ReturnType<typeof createTestDatabase>>;
beforeEach(async () => {
  database = await createTestDatabase(migrationFolders);
});
afterEach(() => database.drop());

async function start() {
  const mail = await startMailServer();
  const api = await startSecuredApi(database, {
    RUNWEIR_SMTP_URL: mail.url,
    RUNWEIR_PUBLIC_URL: "http://runweir.example.org",
  });
  const ask = async (person: TestPerson, path: string, body: object) => {
    const answer = await fetch(`${api.url}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...person.basic },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path}: ${text}`);
    return JSON.parse(text) as { result?: { data?: { requestId?: number } } };
  };
  let made = 0;
  return {
    mails: mail.mails,
    ask,
    async person(role: "editor" | "admin" = "editor") {
      const person = await api.makeUser(`p${process.pid}-${++made}-${mail.url.slice(-5)}`, { role });
      await database.query('UPDATE identity."user" SET email = $2 WHERE id = $1', [
        person.id,
        `${person.username}@example.org`,
      ]);
      return person;
    },
    async model(person: TestPerson) {
      const name = `model-${mail.url.slice(-5)}-${++made}`;
      await ask(person, "/api/2.0/mlflow/registered-models/create", { name });
      await ask(person, "/api/2.0/mlflow/model-versions/create", { name, source: `s3://bucket/${name}` });
      return name;
    },
    /** Asks for a review of a move. */
    async open(person: TestPerson, model: string, reviewers: readonly TestPerson[]) {
      const { result } = await ask(person, "/trpc/review/requests.open", {
        model,
        moves: [{ target: { kind: "alias", alias: "champion" }, version: 1 }],
        title: `Promote ${model}`,
        reviewers: reviewers.map(({ username }) => username),
      });
      return result?.data?.requestId ?? 0;
    },
    readersKnown: () =>
      expect.poll(() => database.query("SELECT FROM outbox.reader WHERE name = 'mail'")).toHaveLength(1),
  };
}

const to = ({ username }: TestPerson) => `${username}@example.org`;

test("reviewers are asked by e-mail, who is mentioned is told, and nobody hears of themselves", async () => {
  const { mails, ask, person, model, open, readersKnown } = await start();
  const [author, reviewer, other] = [await person("admin"), await person(), await person()];
  await readersKnown();
  const name = await model(author);
  const requestId = await open(author, name, [reviewer]);
  await expect.poll(() => mails.length).toBe(1);
  expect(mails[0]?.to).toEqual([to(reviewer)]);
  expect(mails[0]?.text).toContain(`http://runweir.example.org/reviews/${requestId}`);
  expect(mails[0]?.text).toContain(`Promote ${name}`);
  await ask(reviewer, "/trpc/review/comments.add", {
    requestId,
    body: `@${other.username} what do you think? And I, @${reviewer.username}?`,
  });
  await expect.poll(() => mails.length).toBe(2);
  expect(mails[1]?.to).toEqual([to(other)]);
  expect(mails[1]?.text).toContain("mentioned you");
});

test("people choose: never, or once a day in one e-mail", async () => {
  const { mails, ask, person, model, open, readersKnown } = await start();
  const [author, silent, daily] = [await person("admin"), await person(), await person()];
  await readersKnown();
  const choose = (who: TestPerson, wish: string) =>
    ask(who, "/trpc/notifications/setPreferences", {
      review_requested: wish,
      mentioned: wish,
      state_changed: wish,
      dailyHour: 7,
    });
  await choose(silent, "never");
  await choose(daily, "daily");
  for (let times = 0; times < 3; times++) await open(author, await model(author), [silent, daily]);
  const waiting = () => database.query("SELECT FROM notifications.notice WHERE user_id = $1", [daily.id]);
  await expect.poll(waiting).toHaveLength(3);
  expect(mails).toEqual([]);
  // The hour has come; whoever asks for something else wakes who tells.
  await database.query("UPDATE notifications.notice SET next_time = 0");
  const third = await person();
  await open(author, await model(author), [third]);
  await expect.poll(() => mails.length).toBe(2);
  const digest = mails.find(({ to: [address] }) => address === to(daily));
  expect(digest?.text.match(/asks for your review/g)).toHaveLength(3);
  await expect.poll(waiting).toEqual([]);
});

test("a digest comes at its hour with all since the last one, and after the server for e-mail was away", async () => {
  const mail = await startMailServer();
  const hour = 3_600_000;
  const day = Date.UTC(2001, 0, 1);
  let now = day + 6 * hour;
  const clock = { now: () => now };
  const preferences = createPreferenceStore({ database });
  const wish = (of: Wish) => ({ review_requested: of, mentioned: of, state_changed: of, dailyHour: 7 });
  await preferences.put("digest-daily", wish("daily"));
  await preferences.put("digest-at-once", wish("at_once"));
  const from = "runweir@example.org";
  const [awake, away] = [mail.url, "smtp://127.0.0.1:1"].map((smtpUrl) => createMailer({ smtpUrl, from }));
  let mailer = awake;
  const troubles: string[] = [];
  const mailing = startMailing({
    queue: createNoticeQueue({ database }),
    mailer: { send: async (message) => mailer?.send(message) },
    publicUrl: "http://runweir.example.org",
    addressOf: async (userId) => `${userId}@example.org`,
    mayKnow: async () => true,
    clock,
    onError: (message) => troubles.push(message),
  });
  onTestFinished(async () => {
    await mailing.stop();
    awake?.close();
    away?.close();
  });
  const handle = queueNotices({
    clock,
    viewRequest: async (_event, requestId) => ({
      requestId,
      title: `Promote ${requestId}`,
      isDraft: false,
      author: { kind: "user", id: "digest-author" },
      reviewers: ["digest-daily", "digest-at-once"].map((id) => ({ kind: "user", id })),
      mentioned: [],
    }),
    membersOf: async () => [],
  });
  const told = (who: string) => mail.mails.filter((one) => one.to[0] === `${who}@example.org`);
  /** Whoever is told at once has been by the end of it, and so have all who were due. */
  const happen = async (request: number) => {
    const before = told("digest-at-once").length;
    const event = {
      place: request,
      workspace: "default",
      time: now,
      kind: "review.opened",
      actor: { id: "digest-author", name: "ann" },
      model: "fraud",
      subject: { request },
    };
    await database.transaction((client) => handle(client, [event]));
    mailing.wake();
    await expect.poll(() => told("digest-at-once").length).toBe(before + 1);
  };
  const waiting = () =>
    database.query<{ next_time: number; attempts: number }>(
      "SELECT next_time, attempts FROM notifications.notice WHERE user_id = 'digest-daily' ORDER BY notice_id",
    );
  const untried = (next_time: number) => ({ next_time, attempts: 0 });

  for (const request of [1, 2, 3]) await happen(request);
  now = day + 7 * hour - 1;
  await happen(4);
  expect(await waiting()).toEqual(Array.from({ length: 4 }, () => untried(day + 7 * hour)));
  now = day + 7 * hour;
  mailing.wake();
  await expect.poll(() => told("digest-daily").length).toBe(1);
  const [first] = told("digest-daily");
  expect(first?.text).toContain("Subject: 4 news from Runweir");
  expect(first?.text.match(/http:\/\/runweir\.example\.org\/reviews\/\d/g)).toHaveLength(4);
  await expect.poll(waiting).toEqual([]);

  // Of what happens after the hour the next day tells, once the server takes it.
  now = day + 8 * hour;
  await happen(5);
  expect(await waiting()).toEqual([untried(day + 31 * hour)]);
  mailer = away;
  now = day + 31 * hour;
  mailing.wake();
  await expect.poll(waiting).toEqual([{ next_time: now + 60_000, attempts: 1 }]);
  expect(troubles).toEqual(["An e-mail could not be sent."]);
  mailer = awake;
  now += 60_000;
  mailing.wake();
  await expect.poll(() => told("digest-daily").length).toBe(2);
  const second = told("digest-daily")[1]?.text;
  expect(second).toContain("/reviews/5");
  expect(second).not.toContain("/reviews/4");
  await expect.poll(waiting).toEqual([]);
});

test("who may not read the model any more is not told of it", async () => {
  const { mails, person, model, open, readersKnown } = await start();
  const [author, gone, stays] = [await person("admin"), await person(), await person()];
  await readersKnown();
  const name = await model(author);
  await database.query("DELETE FROM identity.workspace_member WHERE member_id = $1", [gone.id]);
  await database.query("UPDATE identity.workspace SET default_role = NULL WHERE name = 'default'");
  await open(author, name, [gone, stays]);
  await expect.poll(() => mails.length).toBe(1);
  expect(mails[0]?.to).toEqual([to(stays)]);
  const left = () => database.query("SELECT FROM notifications.notice WHERE user_id = $1", [gone.id]);
  await expect.poll(left).toEqual([]);
  expect(mails).toHaveLength(1);
});
