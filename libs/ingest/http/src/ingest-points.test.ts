import { gzipSync, zstdCompressSync } from "node:zlib";
import { DomainError } from "@runweir/errors";
import { type ArrowRow, arrowBytes } from "@runweir/ingest-formats/testing";
import { expect, it } from "vitest";
import { startDoor } from "../testing/index.ts";

const arrowType = "application/vnd.apache.arrow.stream";
const run = { run_id: "a", keys: ["loss"], step: [1, 2], timestamp: [10, 20], value: [0.5, "NaN"] };
const json = Buffer.from(JSON.stringify({ runs: [run] }));
const rows: ArrowRow[] = [
  ["a", "loss", 1, 10, 0.5],
  ["b", "acc", 2, 20, 1],
];

function post(
  url: string,
  type: string,
  body: string | Buffer,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(url, {
    method: "POST",
    headers: { "content-type": type, ...headers },
    body: body as string,
  });
}

it("takes JSON columns and says where they went", async () => {
  await using door = await startDoor();
  const answer = await post(`${door.points}?ack=applied`, "application/json; charset=utf-8", json);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({
    runs: [
      { run_id: "a", status: "accepted", points: 2, applied: true, position: { partition: 1, offset: 1 } },
    ],
  });
  expect(door.rows()).toEqual([
    ["a", "loss", 1, 10, "0.5"],
    ["a", "loss", 2, 20, "NaN"],
  ]);
  expect(door.appended[0]).toMatchObject({ workspace: "default", acknowledgement: "applied" });
});

it.each([
  ["gzip", gzipSync],
  ["zstd", zstdCompressSync],
])("takes all forms compressed by %s", async (encoding, compress) => {
  await using door = await startDoor();
  const line = `${JSON.stringify({ run_id: "a", key: "x", value: 1, step: 1, timestamp: 1 })}\n`;
  for (const [type, body] of [
    ["application/json", json],
    ["application/x-ndjson", Buffer.from(line.repeat(1_000))],
    [arrowType, arrowBytes([rows])],
  ] as const) {
    const answer = await post(door.points, type, compress(body), { "content-encoding": encoding });
    expect(answer.status, type).toBe(200);
    await answer.text();
  }
  expect(door.rows()).toHaveLength(2 + 1_000 + 2);
});

it("adds NDJSON up per run, over all windows", async () => {
  await using door = await startDoor({ limits: { ndjsonWindowPoints: 10 } });
  const lines = Array.from({ length: 95 }, (_, i) =>
    JSON.stringify({ run_id: i % 2 ? "a" : "b", key: "x", value: i, step: i, timestamp: 1 }),
  );
  const answer = await post(door.points, "application/x-ndjson", lines.join("\n"));
  expect(await answer.json()).toMatchObject({
    runs: [
      { run_id: "b", status: "accepted", points: 48, applied: false },
      { run_id: "a", points: 47 },
    ],
  });
  expect(
    door
      .rows()
      .map((row) => row[2])
      .toSorted((a, b) => a - b),
  ).toEqual(lines.map((_, i) => i));
});

it("says what of an NDJSON stream was accepted before the line that was not", async () => {
  await using door = await startDoor({ limits: { ndjsonWindowPoints: 10 } });
  const lines = Array.from({ length: 25 }, (_, i) =>
    JSON.stringify({ run_id: "a", key: "x", value: i, step: i === 22 ? 0.5 : i, timestamp: 1 }),
  );
  const answer = await post(door.points, "application/x-ndjson", lines.join("\n"));
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({
    field: "line 23: step",
    message: expect.stringMatching(/Found 0\.5\. 20 points of earlier lines have been accepted\.$/),
  });
});

it.each([
  [{ a: "accepted", b: "run_not_found" }, 200],
  [{ a: "run_not_found", b: "run_not_found" }, 404],
  [{ a: "run_deleted", b: "run_not_found" }, 409],
] as const)("answers %j with %i and the status of each run", async (statuses, status) => {
  await using door = await startDoor({
    decide: ({ runId }) => {
      const decided = statuses[runId as "a" | "b"];
      return decided === "accepted" ? undefined : { status: decided };
    },
  });
  const body = JSON.stringify({ runs: [run, { ...run, run_id: "b" }] });
  const answer = await post(door.points, "application/json", body);
  expect(answer.status).toBe(status);
  const { runs } = (await answer.json()) as { runs: { run_id: string; status: string }[] };
  expect(Object.fromEntries(runs.map((one) => [one.run_id, one.status]))).toEqual(statuses);
});

it.each([
  ["resource_exhausted", 429],
  ["unavailable", 503],
  ["storage_full", 507],
] as const)("passes on that the log says %s", async (code, status) => {
  await using door = await startDoor({
    decide: () => {
      throw new DomainError(code, "Not now.", { retryAfterSeconds: 7 });
    },
  });
  for (const [type, body] of [
    ["application/json", json],
    [arrowType, arrowBytes([rows])],
  ] as const) {
    const answer = await post(door.points, type, body);
    expect(answer.status).toBe(status);
    expect(answer.headers.get("retry-after")).toBe("7");
    expect(await answer.json()).toMatchObject({ error_code: code.toUpperCase(), message: "Not now." });
  }
});

const zeros = (bytes: number) => Buffer.alloc(bytes, "0");

it.each<[string, string, Buffer, Record<string, string>, number, string]>([
  ["a type it does not know", "text/csv", json, {}, 415, "Content-Type must be one of"],
  [
    "an encoding it does not know",
    "application/json",
    json,
    { "content-encoding": "br" },
    400,
    "'Content-Encoding' must be gzip, zstd or identity",
  ],
  [
    "two encodings",
    "application/json",
    json,
    { "content-encoding": "gzip, gzip" },
    400,
    "'Content-Encoding'",
  ],
  [
    "a gzip bomb",
    "application/json",
    gzipSync(zeros(100_000_000)),
    { "content-encoding": "gzip" },
    413,
    "times as many when decompressed",
  ],
  [
    "a zstd bomb",
    "application/x-ndjson",
    zstdCompressSync(zeros(100_000_000)),
    { "content-encoding": "zstd" },
    400,
    "longer than 16384 bytes",
  ],
  [
    "a zstd bomb of empty lines",
    "application/x-ndjson",
    zstdCompressSync(Buffer.alloc(100_000_000, "\n")),
    { "content-encoding": "zstd" },
    413,
    "times as many when decompressed",
  ],
  ["a JSON body too large", "application/json", zeros(17_000_000), {}, 413, "at most 16777216 bytes"],
  [
    "gzip cut off",
    "application/json",
    gzipSync(json).subarray(0, -9),
    { "content-encoding": "gzip" },
    400,
    "not whole gzip data",
  ],
  [
    "zstd cut off",
    "application/json",
    zstdCompressSync(json).subarray(0, -3),
    { "content-encoding": "zstd" },
    400,
    "cannot be read",
  ],
  ["no gzip at all", "application/json", json, { "content-encoding": "gzip" }, 400, "not whole gzip data"],
  [
    "damaged gzip",
    "application/json",
    damaged(gzipSync(json)),
    { "content-encoding": "gzip" },
    400,
    "not whole gzip data",
  ],
  [
    "half a gzip of an Arrow stream",
    arrowType,
    gzipSync(arrowBytes([rows])).subarray(0, 200),
    { "content-encoding": "gzip" },
    400,
    "not whole gzip data",
  ],
])("refuses %s", async (_what, type, body, headers, status, message) => {
  await using door = await startDoor();
  const answer = await post(door.points, type, body, headers);
  const { message: found } = (await answer.json()) as { message: string };
  expect({ status: answer.status, found }).toEqual({ status, found: expect.stringContaining(message) });
  expect(door.appended).toEqual([]);
  // The next request is served as if nothing had happened.
  expect((await post(door.points, "application/json", json)).status).toBe(200);
});

function damaged(bytes: Buffer): Buffer {
  bytes[bytes.length - 5] = (bytes[bytes.length - 5] as number) ^ 0xff;
  return bytes;
}

it("refuses parameters it does not know", async () => {
  await using door = await startDoor();
  for (const query of ["?ack=later", "?acknowledge=applied", "?ack=logged&ack=applied"])
    expect((await post(door.points + query, "application/json", json)).status, query).toBe(400);
});

it("turns requests away while too much is under way, and takes them again afterwards", async () => {
  const reached = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  await using door = await startDoor({
    limits: { openBytes: 40_000, requestBytes: 30_000 },
    decide: async () => {
      reached.resolve();
      await held.promise;
      return undefined;
    },
  });
  const first = post(door.points, "application/json", json);
  await reached.promise;
  const second = await post(door.points, "application/json", json);
  expect(second.status).toBe(429);
  expect(second.headers.get("retry-after")).toBe("1");
  held.resolve();
  expect((await first).status).toBe(200);
  expect((await post(door.points, "application/json", json)).status).toBe(200);
});
