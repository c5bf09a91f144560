import { isForSnapshot, type RunTable } from "@runweir/tracking-domain";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { everyComparison, generatedQueries } from "../testing/generated-queries.ts";
import { logGeneratedRuns } from "../testing/generated-runs.ts";
import { openBothWays } from "../testing/open-both-ways.ts";

/** Also in the message of every failure; RUNWEIR_TEST_SEED asks for one again. */
const seed = Number(process.env.RUNWEIR_TEST_SEED ?? Date.now() % 2 ** 31);
const viewType = "ACTIVE_ONLY" as const;

let place: Awaited<ReturnType<typeof openBothWays>>;
let experimentIds: readonly string[];
let queries: ReturnType<typeof generatedQueries>;

beforeAll(async () => {
  place = await openBothWays();
  experimentIds = await logGeneratedRuns(place.store, place.caller, { seed, runs: 150 });
  queries = generatedQueries(experimentIds);
  await place.pass();
});
afterAll(() => place.close());

/** Every question that a snapshot may be asked went there, through the gate of foreign SQL, and was answered. */
function expectAsked(times: number, was: number): void {
  expect(place.troubles).toEqual([]);
  expect(place.asked.length - was).toBe(times);
}

test(`every comparison chooses the same runs, and negated the others (seed ${seed})`, async () => {
  for (const where of everyComparison(seed, 1)) {
    for (const expression of [where, { kind: "not", operand: where } as const]) {
      const request = { experimentIds, where: expression, columns: [], limit: 50_000 };
      const { runIds } = await place.snapshot.getRunTable(place.caller, request);
      const expected = await place.store.getRunTable(place.caller, request);
      expect({ where, runIds }).toEqual({ where, runIds: expected.runIds });
    }
  }
  expect(place.troubles).toEqual([]);
});

test(`searches answer alike, page by page by turns (seed ${seed})`, async () => {
  await fc.assert(
    fc.asyncProperty(queries.search, async ({ pageSize, ...query }) => {
      const input = { ...query, viewType };
      const whole = await place.store.searchRuns(place.caller, { ...input, maxResults: 1_000 });
      const ids = whole.items.map((run) => run.info.runId);
      const was = place.asked.length;
      expect(await place.snapshot.searchRuns(place.caller, { ...input, maxResults: 1_000 })).toEqual(whole);
      expectAsked(isForSnapshot(input) ? 1 : 0, was);
      const walked: string[] = [];
      let pageToken: string | undefined;
      for (let turn = 0; turn === 0 || pageToken !== undefined; turn += 1) {
        const page = await place[turn % 2 === 0 ? "snapshot" : "store"].searchRuns(place.caller, {
          ...input,
          maxResults: pageSize,
          pageToken,
        });
        walked.push(...page.items.map((run) => run.info.runId));
        pageToken = page.nextPageToken;
      }
      expect(walked).toEqual(ids);
    }),
    { seed, numRuns: 80 },
  );
  expect(place.troubles).toEqual([]);
});

test(`counts are alike (seed ${seed})`, async () => {
  await fc.assert(
    fc.asyncProperty(queries.search, async ({ experimentIds: ids, where }) => {
      const input = { experimentIds: ids, where, viewType };
      expect(await place.snapshot.countRuns(place.caller, input)).toEqual(
        await place.store.countRuns(place.caller, input),
      );
    }),
    { seed, numRuns: 80 },
  );
  expect(place.troubles).toEqual([]);
});

test(`run tables are alike (seed ${seed})`, async () => {
  await fc.assert(
    fc.asyncProperty(queries.table, async (request) => {
      const was = place.asked.length;
      const { source, ...table } = await place.snapshot.getRunTable(place.caller, request);
      const { source: _, ...expected } = await place.store.getRunTable(place.caller, request);
      expect(table).toEqual(expected satisfies Omit<RunTable, "source">);
      const mayBeAsked = isForSnapshot({ ...request, viewType });
      expectAsked(mayBeAsked ? 1 : 0, was);
      expect(source.from).toBe(mayBeAsked ? "snapshot" : "postgres");
    }),
    { seed, numRuns: 80 },
  );
});

test("what has changed since the snapshot is in the answer, and in the next snapshot", async () => {
  const [experimentId = ""] = experimentIds;
  const request = { experimentIds: [experimentId], columns: [], limit: 50_000 };
  const before = await place.snapshot.getRunTable(place.caller, request);
  expect(before.source.from).toBe("snapshot");
  await place.store.createRun(place.caller, { experimentId });
  const after = await place.snapshot.getRunTable(place.caller, request);
  expect(after).toMatchObject({ total: before.total + 1, source: { from: "postgres" } });
  await place.pass();
  const again = await place.snapshot.getRunTable(place.caller, request);
  expect({ ...again, source: again.source.from }).toEqual({ ...after, source: "snapshot" });
  expect(place.troubles).toEqual([]);
});

test("page tokens of another order are refused alike, and are no trouble", async () => {
  const search = (way: typeof place.store, orderBy: readonly string[], pageToken?: string) =>
    way.searchRuns(place.caller, { experimentIds, viewType, orderBy, maxResults: 1, pageToken });
  const { nextPageToken } = await search(place.snapshot, ["params.lr"]);
  for (const way of [place.snapshot, place.store])
    await expect(search(way, ["params.lr DESC"], nextPageToken)).rejects.toThrow(
      `Invalid page token '${nextPageToken}'`,
    );
  expect(place.troubles).toEqual([]);
});
