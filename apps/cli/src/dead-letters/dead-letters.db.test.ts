import type { DeadLetter } from "@runweir/ingest-domain";
import { digestOf, encodeSegment, type IncomingSegment, shardOf } from "@runweir/ingest-domain";
import { batchOf } from "@runweir/ingest-domain/testing";
import { arrowBytes } from "@runweir/ingest-formats/testing";
import { createMetricReader, createSegmentStore } from "@runweir/tracking-postgres";
import {
  createMetricTestDatabase,
  insertRun,
  type MetricTestDatabase,
} from "@runweir/tracking-postgres/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { runCli, startCli, temporaryFolder } from "../../testing/run-cli.ts";

const points = "kafka:test/runweir.points.v1";
const inbound = "kafka:test/runweir.inbound.v1";

let database: MetricTestDatabase;
beforeAll(async () => {
  database = await createMetricTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.query("TRUNCATE tracking.dead_letter RESTART IDENTITY CASCADE");
  await database.query("DELETE FROM tracking.ingest_position");
});

/** `runweir dead-letters ...` on the test's database, as a process of its own. */
async function cli(...words: readonly string[]): Promise<{ readonly code: unknown; readonly said: string }> {
  const run = runCli(["dead-letters", ...words], { env: { RUNWEIR_DATABASE_URL: database.url } });
  const code = await run.ended;
  return { code, said: run.output() };
}

async function cliJson(...words: readonly string[]): Promise<unknown> {
  const { said } = await cli(...words, "--json");
  return JSON.parse(said);
}

/** Lets a consumer set these aside. */
async function setAside(
  source: string,
  { entries = [], deadLetters = [] }: { entries?: IncomingSegment[]; deadLetters?: DeadLetter[] },
): Promise<void> {
  const store = createSegmentStore({ database });
  const partition = entries[0]?.shard ?? 0;
  const { epoch, nextOffset: offset } = await store.claim(source, partition);
  const stretch = { source, partition, epoch, offset, nextOffset: offset + 100 };
  expect(await store.apply({ entries, deadLetters, stretch })).toMatchObject({ status: "applied" });
}

/** Points of a run that is not there, with the sender's number. */
function segmentOf(runId: string, offset: number): IncomingSegment {
  const body = encodeSegment(
    runId,
    batchOf([
      ["loss", 3, 30, 0.5],
      ["loss", -1, 10, 2],
      ["acc", 2, 20, 0.25],
    ]),
  );
  const sender = { client: "worker", sequence: 1 };
  const shard = shardOf(runId);
  return { workspace: "default", runId, shard, digest: digestOf(body), points: 3, body, sender, offset };
}

function letterOf(offset: number, text: string | Uint8Array, more: Partial<DeadLetter> = {}): DeadLetter {
  const body = Buffer.from(text);
  const explanation = "It is\nnot in order.";
  const workspace = undefined;
  return { offset, reason: "malformed", explanation, workspace, runs: [], headers: {}, body, ...more };
}

const runOf = (digit: string) => digit.repeat(32);

describe("runweir dead-letters", () => {
  test("lists what was set aside, the newest first, aligned, and what a filter chooses", async () => {
    expect(await cli("list")).toEqual({ code: 0, said: "No dead letters.\n" });
    await setAside(points, { entries: [segmentOf(runOf("a"), 0)], deadLetters: [letterOf(7, "abc")] });
    const { code, said } = await cli("list");
    expect(code).toBe(0);
    const [head, second, first, ...rest] = said.trimEnd().split("\n");
    expect(head).toMatch(/^ID {2}SET ASIDE {13}REASON {9}RUN +BYTES {2}REPLAYED {2}EXPLANATION$/);
    expect(second).toMatch(
      /^ 2 {2}\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ {2}malformed {6}- +3 {2}- {9}It is not in order\.$/,
    );
    expect(first).toMatch(/^ 1 {2}\S+ \S+ {2}run_not_found {2}a{32} +\d+ {2}- {9}There is no such run\.$/);
    expect(rest).toEqual([]);
    expect((await cli("list", "--limit", "1")).said).toMatch(/\n\n1 of 2; --limit shows more\.\n$/);
    expect(await cliJson("list", "--run", runOf("a"))).toMatchObject([
      {
        id: 1,
        source: points,
        partition: shardOf(runOf("a")),
        offset: 0,
        reason: "run_not_found",
        run_id: runOf("a"),
      },
    ]);
    expect(await cliJson("list", "--reason", "lost")).toEqual([]);
  });

  test("shows one whole: points by metric, JSON as such, other bytes in hexadecimal", async () => {
    await setAside(points, { entries: [segmentOf(runOf("b"), 0)] });
    await setAside(inbound, {
      deadLetters: [
        letterOf(0, '{"type":"tags","run_id":7}', { headers: { origin: "east" } }),
        letterOf(1, Uint8Array.of(0, 255, 72, 105)),
        letterOf(2, arrowBytes([[["a", "x", 7, 2, 3]]]), {
          headers: { "content-type": "application/vnd.apache.arrow.stream" },
        }),
      ],
    });
    const segment = await cli("show", "1");
    expect(segment.said).toMatch(/reason +run_not_found\n/);
    expect(segment.said).toMatch(/header client +worker\n/);
    expect(segment.said).toMatch(
      /RUN {31}METRIC {2}POINTS {2}STEPS\nb{32} {2}loss +2 {2}-1 to 3\nb{32} {2}acc +1 {2}2 to 2\n$/,
    );
    const json = await cli("show", "2");
    expect(json.said).toMatch(/from +kafka:test\/runweir\.inbound\.v1, partition 0, offset 0\n/);
    expect(json.said).toMatch(/header origin +east\n/);
    expect(json.said).toContain('{\n  "type": "tags",\n  "run_id": 7\n}');
    expect((await cli("show", "3")).said).toMatch(/\n00000000 {2}00 ff 48 69 +\.\.Hi\n$/);
    expect(await cliJson("show", "3")).toMatchObject({
      id: 3,
      content: { kind: "bytes" },
      body_base64: "AP9IaQ==",
    });
    expect((await cli("show", "4")).said).toMatch(
      /\nRUN {2}METRIC {2}POINTS {2}STEPS\na {4}x +1 {2}7 to 7\n$/,
    );
    expect(await cli("show", "99")).toEqual({ code: 1, said: "There is no dead letter 99.\n" });
  });

  test("replays what can be applied by now, once, and says what became of each", async () => {
    const runId = runOf("c");
    await setAside(points, {
      entries: [segmentOf(runId, 0)],
    });
    await setAside(points, { entries: [segmentOf(runOf("d"), 1)] });
    await setAside(points, {
      deadLetters: [letterOf(2, "", { reason: "lost", explanation: "Records 2 to 5 were dropped." })],
    });
    await insertRun(database, runId);
    expect(await cli("replay", "--all")).toEqual({
      code: 2,
      said: [
        "1  applied: 3 points",
        `2  still run_not_found: Run with id=${runOf("d")} not found`,
        "3  still lost: Records 2 to 5 were dropped.",
        "1 of 3 applied.\n",
      ].join("\n"),
    });
    const reader = createMetricReader({ database });
    const { points: stored } = await reader.history({ runId, key: "loss", offset: 0, limit: 10 });
    expect([...stored.values]).toEqual([2, 0.5]);
    const senders = await database.query(
      "SELECT client, received::text FROM tracking.run_sender JOIN tracking.run USING (run_no) WHERE run_id = $1",
      [runId],
    );
    expect(senders).toEqual([{ client: "worker", received: "{[1,2)}" }]);
    const again = await cli("replay", "1");
    expect(again.code).toBe(0);
    expect(again.said).toMatch(/^1 {2}was replayed before, at \d{4}-/);
    expect(await cliJson("replay", "--reason", "run_not_found")).toEqual([
      {
        id: 2,
        status: "refused",
        reason: "run_not_found",
        explanation: `Run with id=${runOf("d")} not found`,
      },
    ]);
  });

  test("replays what producers said of runs, in its order", async () => {
    const runId = runOf("e");
    const runs = [{ runId, points: 0 }];
    const message = (value: object) => JSON.stringify({ run_id: runId, ...value });
    await setAside(inbound, {
      deadLetters: [
        letterOf(0, message({ type: "run_created", experiment_name: "anew", run_name: "late" }), { runs }),
        letterOf(1, message({ type: "params", params: [{ key: "lr", value: "0.1" }] }), { runs }),
        letterOf(2, message({ type: "params", params: [{ key: "lr", value: "0.2" }] }), { runs }),
      ],
    });
    const { code, said } = await cli("replay", "--run", runId);
    expect(code).toBe(2);
    expect(said).toMatch(
      /^1 {2}applied\n2 {2}applied\n3 {2}still refused: Changing param values is not allowed\./,
    );
    expect(
      await database.query(
        `SELECT run_name, key, value FROM tracking.run JOIN tracking.run_param USING (run_no) WHERE run_id = $1`,
        [runId],
      ),
    ).toEqual([{ run_name: "late", key: "lr", value: "0.1" }]);
  });

  test("deletes for good, and only when told twice", async () => {
    await setAside(points, {
      entries: [segmentOf(runOf("f"), 0)],
      deadLetters: [letterOf(1, "x"), letterOf(2, "y")],
    });
    await insertRun(database, runOf("f"));
    expect(await cli("replay", "1")).toEqual({ code: 0, said: "1  applied: 3 points\n1 of 1 applied.\n" });
    expect(await cli("delete", "2")).toEqual({
      code: 1,
      said: "This deletes 1 dead letters for good. Nothing was deleted; say --yes to do it.\n",
    });
    expect(await cli("delete", "--replayed", "--yes")).toEqual({ code: 0, said: "1 deleted.\n" });
    expect((await cli("delete", "2", "1", "--yes")).said).toBe("There is no dead letter 1.\n");
    expect(await cliJson("delete", "2", "--yes")).toEqual({ deleted: 1 });
    expect(await cliJson("list")).toMatchObject([{ id: 3 }]);
  });

  test.each([
    [[], "dead-letters: found nothing, allowed are list, show, replay and delete."],
    [["drop"], 'dead-letters: found "drop", allowed are list, show, replay and delete.'],
    [["show"], "dead-letters show: one ID is needed."],
    [["show", "x"], 'ID: found "x", allowed is a number from the list.'],
    [["list", "--limit", "0"], '--limit: found "0", allowed is a whole number from 1 to 10000.'],
    [
      ["list", "--reason", "bad"],
      '--reason: found "bad", allowed are malformed, refused, lost, run_not_found, run_deleted.',
    ],
    [["replay"], "dead-letters replay: either IDs, or --reason and --run, or --all are needed."],
    [
      ["replay", "1", "--all"],
      "dead-letters replay: either IDs, or --reason and --run, or --all are needed.",
    ],
    [["delete", "--yes"], "dead-letters delete: either IDs or --replayed are needed."],
  ])("%j is refused in one sentence", async (words, sentence) => {
    expect(await cli(...words)).toEqual({ code: 1, said: `${sentence}\n` });
  });

  test("says that a database was not prepared, or does not answer", async () => {
    await database.query("ALTER TABLE tracking.dead_letter RENAME COLUMN headers TO hidden");
    const unprepared = await cli("list");
    await database.query("ALTER TABLE tracking.dead_letter RENAME COLUMN hidden TO headers");
    expect(unprepared).toEqual({
      code: 1,
      said: "The database was prepared by another version of Runweir. Start this one on it first.\n",
    });
    const away = runCli(["dead-letters", "list"], {
      env: { RUNWEIR_DATABASE_URL: "postgres://nobody:secret@127.0.0.1:1/none" },
    });
    expect(await away.ended).toBe(1);
    expect(away.output()).toBe(
      "The database does not answer: connect ECONNREFUSED 127.0.0.1:1. Is Runweir running?\n",
    );
  });

  test("finds the database of a running Runweir in its data folder", async () => {
    const home = temporaryFolder();
    const running = await startCli(home);
    const list = runCli(["dead-letters", "list", "--data", home]);
    expect(await list.ended, list.output()).toBe(0);
    expect(list.output()).toBe("No dead letters.\n");
    running.child.kill("SIGTERM");
    await running.ended;
    const stopped = runCli(["dead-letters", "list"], { env: { RUNWEIR_HOME: home } });
    expect(await stopped.ended).toBe(1);
    expect(stopped.output()).toBe(
      `No Runweir is running in ${home}. Start it, name another folder with --data, or set RUNWEIR_DATABASE_URL.\n`,
    );
  });
});
