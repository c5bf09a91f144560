import { connect } from "node:net";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { type ArrowRow, arrowBytes } from "@runweir/ingest-formats/testing";
import { createTestDatabase } from "@runweir/postgres/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createRun, post, startTestApi } from "../testing/start-test-api.ts";
import { migrationFolders } from "./prepare-database.ts";

const arrowType = "application/vnd.apache.arrow.stream";
let database: Awaited<ReturnType<typeof createTestDatabase>>;

beforeAll(async () => {
  database = await createTestDatabase(migrationFolders);
});
afterAll(() => database.drop());

function send(
  url: string,
  type: string,
  body: string | Buffer,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return fetch(url, { method: "POST", headers: { "content-type": type, ...headers }, body: body as string });
}

/** The door of a fresh API, a run, and what MLflow clients are told of it. */
async function openDoor(environment: Readonly<Record<string, string>> = {}) {
  const { url } = await startTestApi(database.url, environment);
  const { run_id: runId } = await createRun(url);
  return {
    url,
    runId,
    door: `${url}/ingest/v1/points`,
    async history(key: string): Promise<[number, number, unknown][]> {
      const query = new URLSearchParams({ run_id: runId, metric_key: key });
      const answer = await fetch(`${url}/api/2.0/mlflow/metrics/get-history?${query}`);
      const { metrics = [] } = (await answer.json()) as {
        metrics?: { step: number | string; timestamp: number | string; value: unknown }[];
      };
      return metrics.map(({ step, timestamp, value }) => [Number(step), Number(timestamp), value]);
    },
  };
}

it("what comes in by each form is what MLflow clients read, at once", async () => {
  const { door, runId, history } = await openDoor();
  const json = {
    runs: [{ run_id: runId, keys: ["json"], step: [1, 2], timestamp: 10, value: [0.5, "NaN"] }],
  };
  const answer = await send(`${door}?ack=applied`, "application/json", gzipSync(JSON.stringify(json)), {
    "content-encoding": "gzip",
  });
  expect(await answer.json()).toMatchObject({
    runs: [
      {
        run_id: runId,
        status: "accepted",
        points: 2,
        applied: true,
        position: { offset: expect.any(Number) },
      },
    ],
  });
  expect(await history("json")).toEqual([
    [1, 10, 0.5],
    [2, 10, "NaN"],
  ]);

  const lines = Array.from({ length: 20_000 }, (_, step) =>
    JSON.stringify({ run_id: runId, key: "lines", step, timestamp: step, value: step / 8 }),
  );
  const zipped = zstdCompressSync(lines.join("\n"));
  const counted = await send(door, "application/x-ndjson", zipped, { "content-encoding": "zstd" });
  expect(await counted.json()).toMatchObject({ runs: [{ points: 20_000 }] });
  expect(await history("lines")).toHaveLength(20_000);

  const rows = Array.from(
    { length: 5_000 },
    (_, step): ArrowRow => [runId, `arrow/${step % 5}`, step, 7, step / 3],
  );
  const stream = await send(door, arrowType, arrowBytes([rows.slice(0, 4_000), rows.slice(4_000)]));
  const acknowledged = (await stream.text())
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as object);
  expect(acknowledged).toMatchObject([
    { batch: 0, points: 4_000 },
    { batch: 1, points: 1_000 },
    { done: true, batches: 2, points: 5_000 },
  ]);
  expect(await history("arrow/3")).toEqual(
    rows.filter((row) => row[1] === "arrow/3").map((row) => [row[2], 7, row[4]]),
  );
});

it("a run that is absent or deleted does not concern the others", async () => {
  const { url, door, runId } = await openDoor();
  const { run_id: deleted } = await createRun(url);
  await post(`${url}/api/2.0/mlflow/runs/delete`, { run_id: deleted });
  const of = (...runIds: string[]) => ({
    runs: runIds.map((run_id) => ({ run_id, keys: ["x"], step: [1], timestamp: [1], value: [1] })),
  });
  const some = await post(door, of(runId, deleted, "nobody"));
  expect(some.status).toBe(200);
  const { runs } = (await some.json()) as { runs: { status: string }[] };
  expect(runs.map((run) => run.status)).toEqual(["accepted", "run_deleted", "run_not_found"]);
  expect((await post(door, of("nobody"))).status).toBe(404);
  expect((await post(door, of(deleted))).status).toBe(409);
});

const lyingArrow = (runId: string) => {
  const bytes = arrowBytes([[[runId, "x", 1, 1, 1]]]);
  bytes.writeInt32LE(0x7ffffff0, 4);
  return bytes;
};

it.each<[string, string, (runId: string) => string | Buffer, Record<string, string>, number, string]>([
  [
    "a gzip bomb",
    "application/json",
    () => gzipSync(Buffer.alloc(200_000_000, " ")),
    { "content-encoding": "gzip" },
    413,
    "decompressed",
  ],
  [
    "a zstd bomb",
    "application/x-ndjson",
    () => zstdCompressSync(Buffer.alloc(200_000_000, "\n")),
    { "content-encoding": "zstd" },
    413,
    "decompressed",
  ],
  [
    "gzip cut off",
    "application/json",
    () => gzipSync('{"runs":[]}').subarray(0, -4),
    { "content-encoding": "gzip" },
    400,
    "not whole gzip data",
  ],
  ["an Arrow stream with a lying length", arrowType, lyingArrow, {}, 413, "metadata of an Arrow message"],
  [
    "deep JSON",
    "application/json",
    () => `{"runs":${"[".repeat(5_000_000)}`,
    {},
    400,
    "more than 500000 arrays and objects",
  ],
  [
    "a field called __proto__",
    "application/json",
    (run) => `{"runs":[{"__proto__":{"run_id":"${run}"}}]}`,
    {},
    400,
    'Found "__proto__"',
  ],
  [
    "a name of 10 MB",
    "application/json",
    (run) => pointNamed(run, "n".repeat(10_000_000)),
    {},
    400,
    "at most 250 characters",
  ],
  [
    "a step that is NaN",
    "application/json",
    (run) => pointNamed(run, "x").replace('"step":[1]', '"step":["NaN"]'),
    {},
    400,
    "'runs[0].step[0]' must be a number",
  ],
  ["a million names", "application/json", millionNames, {}, 400, "at most 250000 distinct metric names"],
])("refuses %s, and nothing of it is there", async (_what, type, bodyOf, headers, status, message) => {
  const { url, door, runId } = await openDoor();
  const answer = await send(door, type, bodyOf(runId), headers);
  const { message: found } = (await answer.json()) as { message: string };
  expect({ status: answer.status, found }).toEqual({ status, found: expect.stringContaining(message) });
  const run = await (await fetch(`${url}/api/2.0/mlflow/runs/get?run_id=${runId}`)).json();
  expect(run).not.toHaveProperty("run.data.metrics");
  expect((await post(door, JSON.parse(pointNamed(runId, "fine")))).status).toBe(200);
});

function pointNamed(runId: string, name: string): string {
  return JSON.stringify({ runs: [{ run_id: runId, keys: [name], step: [1], timestamp: [1], value: [1] }] });
}

function millionNames(runId: string): string {
  // Short ones, or the body would be refused for its size before they are counted.
  const keys = Array.from({ length: 1_000_000 }, (_, i) => i.toString(36));
  const run = { run_id: runId, keys, key: keys.map((_, i) => i), step: 1, timestamp: 1 };
  return JSON.stringify({ runs: [{ ...run, value: keys.map(() => 1) }] });
}

it("holds MLflow's door and the native one to the same quotas, and counts refusals", async () => {
  const { url, door, runId } = await openDoor({
    RUNWEIR_QUOTA_METRIC_NAMES: "3",
    RUNWEIR_QUOTA_POINTS_PER_SECOND_RUN: "1000",
  });
  expect((await post(door, JSON.parse(pointNamed(runId, "a")))).status).toBe(200);
  const metrics = ["b", "c", "d"].map((key) => ({ key, value: 1, timestamp: 1, step: 1 }));
  const over = await post(`${url}/api/2.0/mlflow/runs/log-batch`, { run_id: runId, metrics });
  expect(over.status).toBe(400);
  expect(await over.json()).toMatchObject({
    message: expect.stringContaining(`run '${runId}' would have 4`),
  });
  expect((await post(door, JSON.parse(pointNamed(runId, "b")))).status).toBe(200);

  const many = new Array<number>(20_000).fill(1);
  const burst = {
    runs: [{ run_id: runId, keys: ["a"], step: many.map((_, i) => i), timestamp: 1, value: many }],
  };
  expect((await post(door, burst)).status).toBe(200);
  const tooFast = await post(`${url}/api/2.0/mlflow/runs/log-batch`, {
    run_id: runId,
    metrics: metrics.slice(0, 1),
  });
  expect(tooFast.status).toBe(429);
  expect(Number(tooFast.headers.get("retry-after"))).toBeGreaterThan(0);
  const figures = await (await fetch(`${url}/metrics`)).text();
  expect(figures).toMatch(/log_refused_total\{reason="metric_names_quota",service="api"\} 1/);
  expect(figures).toMatch(/log_refused_total\{reason="run_rate_quota",service="api"\} 1/);
  expect(figures).toMatch(/log_quota_points_per_second\{of="run",service="api"\} 1000/);
});

it("100,000 metrics of one run, logged at every step, are welcome", async () => {
  const { url, door, runId } = await openDoor();
  const keys = Array.from({ length: 100_000 }, (_, i) => `layer ${i}/norm`);
  const key = keys.map((_, i) => i);
  for (let step = 0; step < 3; step += 1) {
    const run = { run_id: runId, keys, key, step, timestamp: step, value: key };
    const answer = await post(door, { runs: [run] });
    expect(await answer.json()).toMatchObject({ runs: [{ points: 100_000, status: "accepted" }] });
  }
  const history = new URLSearchParams({ run_id: runId, metric_key: "layer 99999/norm" });
  const answer = await fetch(`${url}/api/2.0/mlflow/metrics/get-history?${history}`);
  expect(await answer.json()).toMatchObject({
    metrics: [{ value: 99_999 }, { value: 99_999 }, { value: 99_999 }],
  });
});

it("a body that does not come keeps nobody else waiting", async () => {
  const { url, door, runId } = await openDoor();
  const slow = connect(Number(new URL(url).port), "127.0.0.1");
  slow.write(
    `POST /ingest/v1/points HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{`,
  );
  for (let i = 0; i < 20; i += 1)
    expect((await post(door, JSON.parse(pointNamed(runId, "x")))).status).toBe(200);
  slow.destroy();
});
