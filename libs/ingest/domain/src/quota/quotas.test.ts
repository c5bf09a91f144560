import { expect, it } from "vitest";
import type { AppendRequest, LogTransport } from "../log-transport.ts";
import type { PointBatch } from "../point-batch.ts";
import { createQuotas } from "./create-quotas.ts";
import { hashName, NameSet } from "./name-set.ts";
import type { NameCounter } from "./quotas.ts";
import { withQuotas } from "./with-quotas.ts";

/** One point of each name. */
function pointsOf(keys: readonly string[]): PointBatch {
  return {
    keys,
    keyIndexes: Uint32Array.from(keys, (_, i) => i),
    steps: new Float64Array(keys.length),
    timestamps: new Float64Array(keys.length),
    values: new Float64Array(keys.length),
  };
}

function namesFrom(start: number, count: number): string[] {
  return Array.from({ length: count }, (_, i) => `metric ${start + i}`);
}

/** What a store knows, and how often it was asked. */
function nameStore() {
  const byRun = new Map<string, Set<string>>();
  const store = {
    asked: 0,
    add(runId: string, names: readonly string[]) {
      byRun.set(runId, new Set([...(byRun.get(runId) ?? []), ...names]));
    },
    count: (async (_workspace, runId, keys) => {
      store.asked += 1;
      await Promise.resolve();
      const known = byRun.get(runId) ?? new Set();
      return { known: known.size, fresh: keys.filter((key) => !known.has(key)).length };
    }) satisfies NameCounter,
  };
  return store;
}

function quotasWith(limits: Partial<Parameters<typeof createQuotas>[0]["limits"]>) {
  const clock = { time: 0, now: () => clock.time };
  const store = nameStore();
  const refused: string[] = [];
  const quotas = createQuotas({
    limits: { pointsPerSecondOfRun: 0, pointsPerSecondOfWorkspace: 0, metricNames: 0, ...limits },
    clock,
    countNames: store.count,
    onRefused: (reason) => refused.push(reason),
  });
  return { clock, store, refused, quotas, admit: quotas.admit };
}

it("admits a burst, then the rate; a request larger than the bucket is admitted and paid for afterwards", async () => {
  const { clock, refused, admit } = quotasWith({ pointsPerSecondOfRun: 10 });
  const points = pointsOf(namesFrom(0, 130));
  await admit("w", [{ runId: "a", points }]);
  await expect(admit("w", [{ runId: "a", points }])).rejects.toMatchObject({
    code: "resource_exhausted",
    reason: "run_rate_quota",
    retryAfterSeconds: 4,
    message: expect.stringContaining("Run 'a' may log 10 metric points per second"),
  });
  await admit("w", [{ runId: "b", points }]);
  clock.time = 4_000;
  await admit("w", [{ runId: "a", points }]);
  expect(refused).toEqual(["run_rate_quota"]);
});

it("counts all runs of a workspace together, and each workspace for itself", async () => {
  const { admit } = quotasWith({ pointsPerSecondOfWorkspace: 10 });
  const points = pointsOf(namesFrom(0, 60));
  // Admitted together although the first alone would nearly empty the bucket: half a request helps nobody.
  await admit("w", [
    { runId: "a", points },
    { runId: "b", points },
  ]);
  await expect(admit("w", [{ runId: "c", points }])).rejects.toMatchObject({
    reason: "workspace_rate_quota",
  });
  await admit("other", [{ runId: "c", points }]);
});

it("a clock that is set back gives nothing away", async () => {
  const { clock, admit } = quotasWith({ pointsPerSecondOfRun: 1 });
  clock.time = 10_000;
  await admit("w", [{ runId: "a", points: pointsOf(namesFrom(0, 20)) }]);
  clock.time = 0;
  await expect(admit("w", [{ runId: "a", points: pointsOf(["x"]) }])).rejects.toMatchObject({
    retryAfterSeconds: 11,
  });
});

it("100,000 names logged at every step never ask twice once they are known", async () => {
  const { store, admit } = quotasWith({ metricNames: 250_000 });
  const names = namesFrom(0, 100_000);
  await admit("w", [{ runId: "a", points: pointsOf(names) }]);
  store.add("a", names);
  for (let step = 0; step < 20; step += 1) await admit("w", [{ runId: "a", points: pointsOf(names) }]);
  expect(store.asked).toBe(1);
});

it("a million names are refused, with what was found", async () => {
  const { store, refused, admit } = quotasWith({ metricNames: 250_000 });
  await expect(admit("w", [{ runId: "a", points: pointsOf(namesFrom(0, 1_000_000)) }])).rejects.toMatchObject(
    {
      code: "invalid_argument",
      reason: "metric_names_quota",
      message: expect.stringMatching(
        /at most 250000 distinct metric names.*run 'a' would have (999|1000)\d\d\d/,
      ),
    },
  );
  expect(store.asked).toBe(0);
  expect(refused).toEqual(["metric_names_quota"]);
});

it.each([7, 100, 3_000])("new names in pieces of %i get exactly as far as the limit", async (piece) => {
  const { store, admit } = quotasWith({ metricNames: 10_000 });
  let admitted = 0;
  await expect(
    (async () => {
      for (;;) {
        const names = namesFrom(admitted, piece);
        await admit("w", [{ runId: "a", points: pointsOf(names) }]);
        store.add("a", names);
        admitted += piece;
      }
    })(),
  ).rejects.toMatchObject({ reason: "metric_names_quota" });
  expect(admitted).toBeLessThanOrEqual(10_000);
  expect(admitted + piece).toBeGreaterThan(9_999);
  // Known names stay welcome, and other runs are not concerned.
  await admit("w", [{ runId: "a", points: pointsOf(namesFrom(0, 5_000)) }]);
  await admit("w", [{ runId: "b", points: pointsOf(namesFrom(0, 5_000)) }]);
});

it("a process that starts anew counts what the store already has", async () => {
  const { store, admit } = quotasWith({ metricNames: 10_000 });
  store.add("a", namesFrom(0, 9_990));
  await admit("w", [{ runId: "a", points: pointsOf(namesFrom(0, 9_990)) }]);
  await admit("w", [{ runId: "a", points: pointsOf(namesFrom(9_990, 10)) }]);
  await expect(admit("w", [{ runId: "a", points: pointsOf(["one more"]) }])).rejects.toThrow(
    "would have 10001",
  );
});

it("requests side by side do not share what is left", async () => {
  const { admit } = quotasWith({ metricNames: 10_000 });
  const outcomes = await Promise.allSettled(
    Array.from({ length: 50 }, (_, i) =>
      admit("w", [{ runId: "a", points: pointsOf(namesFrom(i * 1_000, 1_000)) }]),
    ),
  );
  expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(10);
});

it("names that no point uses do not count", async () => {
  const { admit } = quotasWith({ metricNames: 10 });
  const points = { ...pointsOf(["a", "b"]), keys: namesFrom(0, 1_000) };
  await admit("w", [{ runId: "a", points }]);
});

it("keeps the log from what was not admitted", async () => {
  const { quotas } = quotasWith({ metricNames: 1 });
  const appended: AppendRequest[] = [];
  const log: LogTransport = {
    async append(request) {
      appended.push(request);
      return { status: "accepted", applied: true, position: undefined };
    },
    async awaitApplied() {},
    async close() {},
  };
  const limited = withQuotas(log, quotas);
  await limited.append({ workspace: "w", runId: "a", points: pointsOf(["x"]) });
  await expect(limited.append({ workspace: "w", runId: "a", points: pointsOf(["y"]) })).rejects.toThrow(
    "at most 1",
  );
  expect(appended).toHaveLength(1);
});

it("a set of names holds what was added and nearly nothing else", () => {
  const set = new NameSet();
  for (const name of namesFrom(0, 100_000)) set.add(hashName(name));
  expect(namesFrom(0, 100_000).every((name) => set.has(hashName(name)))).toBe(true);
  expect(set.size).toBeGreaterThan(99_980);
  expect(namesFrom(100_000, 100_000).filter((name) => set.has(hashName(name))).length).toBeLessThan(20);
  expect(set.bytes).toBeLessThan(100_000 * 16);
});
