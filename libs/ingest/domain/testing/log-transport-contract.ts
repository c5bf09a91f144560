import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AppendReceipt, LogTransport } from "../src/log-transport.ts";
import { shardOf } from "../src/shard-of.ts";
import { batchOf, byTime, type PointRow } from "./point-rows.ts";

/** A log over a real store, and what the suite needs besides to look at it from outside. */
export interface LogTransportFixture {
  /** Two fronts of one log, as two API processes have them. */
  readonly first: LogTransport;
  readonly second: LogTransport;
  /** One more, to be closed by a test. */
  open(): Promise<LogTransport>;
  insertRun(runId: string, workspace?: string): Promise<void>;
  deleteRun(runId: string): Promise<void>;
  /** The stored series in the order (timestamp, step, value). */
  storedRows(runId: string, key: string): Promise<PointRow[]>;
  drop(): Promise<void>;
}

const workspace = "default";

/** What every log of metric points must do, whatever lies behind it. */
export function logTransportContract(make: () => Promise<LogTransportFixture>): void {
  describe("log transport contract", () => {
    let fixture: LogTransportFixture;
    let runs = 0;
    beforeAll(async () => {
      fixture = await make();
    });
    afterAll(() => fixture?.drop());

    async function newRun(): Promise<string> {
      runs += 1;
      const runId = `contract-${runs}`;
      await fixture.insertRun(runId);
      return runId;
    }

    async function readThrough(log: LogTransport, runId: string, key = "loss"): Promise<PointRow[]> {
      await log.awaitApplied([runId]);
      return fixture.storedRows(runId, key);
    }

    it("lets every front read what any front has accepted", async () => {
      const runId = await newRun();
      const rows: PointRow[] = [
        ["loss", 1, 10, 0.5],
        ["loss", 2, 20, 0.25],
      ];
      const receipt = await fixture.first.append({ workspace, runId, points: batchOf(rows) });
      expect(receipt).toMatchObject({ status: "accepted", position: { partition: shardOf(runId) } });
      expect(await readThrough(fixture.second, runId)).toEqual(rows);
      expect(await readThrough(fixture.first, runId)).toEqual(rows);
    });

    it("has applied what it answers as applied, without another question", async () => {
      const runId = await newRun();
      const rows: PointRow[] = [["loss", 1, 1, 1]];
      const points = batchOf(rows);
      const receipt = await fixture.first.append({
        workspace,
        runId,
        points,
        acknowledgement: "applied",
      });
      expect(receipt).toMatchObject({ status: "accepted", applied: true });
      expect(await fixture.storedRows(runId, "loss")).toEqual(rows);
    });

    it("waits for all runs of everybody when asked to", async () => {
      const runIds = await Promise.all(Array.from({ length: 12 }, newRun));
      await Promise.all(
        runIds.map((runId, i) =>
          fixture.first.append({ workspace, runId, points: batchOf([["loss", i, i, i]]) }),
        ),
      );
      await fixture.second.awaitApplied("all");
      for (const [i, runId] of runIds.entries())
        expect(await fixture.storedRows(runId, "loss")).toEqual([["loss", i, i, i]]);
    });

    it("takes a repeated request once, whichever front it comes through", async () => {
      const runId = await newRun();
      const points = batchOf([
        ["loss", 1, 1, Number.NaN],
        ["loss", 1, 1, 7],
      ]);
      for (const log of [fixture.first, fixture.second, fixture.first])
        expect(await log.append({ workspace, runId, points })).toMatchObject({ status: "accepted" });
      expect(await readThrough(fixture.first, runId)).toHaveLength(2);
    });

    it("takes points that overlap with earlier requests once", async () => {
      const runId = await newRun();
      for (let start = 0; start < 5; start += 1) {
        const rows = Array.from({ length: 4 }, (_, i): PointRow => ["loss", start + i, 0, start + i]);
        await fixture.first.append({ workspace, runId, points: batchOf(rows) });
      }
      expect((await readThrough(fixture.second, runId)).map((row) => row[1])).toEqual([
        0, 1, 2, 3, 4, 5, 6, 7,
      ]);
    });

    it("keeps every value exactly", async () => {
      const runId = await newRun();
      const values = [0.1, Number.NaN, Infinity, -Infinity, 5e-324, Number.MAX_VALUE, 1 / 3, -1];
      const steps = [0, -1, 2 ** 53 - 1, -(2 ** 53 - 1), 5, 6, 7, 8];
      const rows = values.map((value, i): PointRow => ["loss", steps[i] as number, i, value]);
      await fixture.first.append({ workspace, runId, points: batchOf(rows) });
      expect(await readThrough(fixture.second, runId)).toEqual(rows);
    });

    it("says which runs it does not know, and keeps nothing of theirs", async () => {
      const elsewhere = "contract-elsewhere";
      await fixture.insertRun(elsewhere, "other");
      const deleted = await newRun();
      await fixture.deleteRun(deleted);
      const points = batchOf([["loss", 1, 1, 1]]);
      const statusOf = async (runId: string): Promise<AppendReceipt["status"]> =>
        (await fixture.first.append({ workspace, runId, points })).status;
      expect(await statusOf("contract-nowhere")).toBe("run_not_found");
      expect(await statusOf(elsewhere)).toBe("run_not_found");
      expect(await statusOf(deleted)).toBe("run_deleted");
      await fixture.first.awaitApplied("all");
      for (const runId of [elsewhere, deleted]) expect(await fixture.storedRows(runId, "loss")).toEqual([]);
    });

    it("refuses what no segment can hold, and goes on", async () => {
      const runId = await newRun();
      await expect(fixture.first.append({ workspace, runId, points: batchOf([]) })).rejects.toMatchObject({
        code: "invalid_argument",
      });
      const odd = batchOf([["loss", 0.5, 0, 1]]);
      await expect(fixture.first.append({ workspace, runId, points: odd })).rejects.toMatchObject({
        code: "invalid_argument",
      });
      await fixture.first.append({ workspace, runId, points: batchOf([["loss", 1, 1, 1]]) });
      expect(await readThrough(fixture.first, runId)).toEqual([["loss", 1, 1, 1]]);
    });

    it("stores a batch whole that is far larger than most", async () => {
      const runId = await newRun();
      const rows = Array.from({ length: 300_000 }, (_, i): PointRow => ["loss", i, i, Math.sin(i) / 3]);
      const receipt = await fixture.first.append({ workspace, runId, points: batchOf(rows) });
      expect(receipt.status).toBe("accepted");
      const stored = await readThrough(fixture.second, runId);
      expect(stored).toHaveLength(rows.length);
      expect(stored[299_999]).toEqual(rows[299_999]);
    });

    it("loses and doubles nothing of many writers on many runs", async () => {
      const runIds = await Promise.all(Array.from({ length: 6 }, newRun));
      const wanted = new Map(runIds.map((runId) => [runId, [] as PointRow[]]));
      await Promise.all(
        Array.from({ length: 10 }, async (_, writer) => {
          for (let i = 0; i < 40; i += 1) {
            const runId = runIds[(writer * 7 + i) % runIds.length] as string;
            const row: PointRow = ["loss", i, writer, writer * 1_000 + i];
            wanted.get(runId)?.push(row);
            const log = (writer + i) % 2 ? fixture.first : fixture.second;
            await log.append({ workspace, runId, points: batchOf([row]) });
          }
        }),
      );
      for (const [runId, rows] of wanted)
        expect(await readThrough(fixture.first, runId)).toEqual(rows.sort(byTime));
    });

    it("gives positions that grow within a partition", async () => {
      const runId = await newRun();
      const offsets: number[] = [];
      for (let i = 0; i < 5; i += 1) {
        const receipt = await fixture.first.append({
          workspace,
          runId,
          points: batchOf([["loss", i, 0, 0]]),
        });
        if (receipt.status === "accepted") offsets.push(receipt.position?.offset ?? Number.NaN);
      }
      expect(offsets).toEqual([...new Set(offsets)].sort((a, b) => a - b));
      expect(offsets).toHaveLength(5);
    });

    it("answers what is under way before it closes, and turns the rest away", async () => {
      const runId = await newRun();
      const log = await fixture.open();
      const appends = Array.from({ length: 20 }, (_, i) =>
        log.append({ workspace, runId, points: batchOf([["loss", i, 0, i]]) }),
      );
      await Promise.all(appends.slice(0, 1));
      await log.close();
      const answers = await Promise.allSettled(appends);
      expect(answers.every((answer) => answer.status === "fulfilled")).toBe(true);
      await expect(
        log.append({ workspace, runId, points: batchOf([["loss", 99, 0, 0]]) }),
      ).rejects.toMatchObject({ code: "unavailable" });
      expect(await readThrough(fixture.first, runId)).toHaveLength(20);
    });
  });
}
