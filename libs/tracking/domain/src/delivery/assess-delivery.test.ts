import { describe, expect, it } from "vitest";
import { assessDelivery, deservesCertificate } from "./assess-delivery.ts";
import type { DeliveryLedger } from "./delivery.ts";

const certificate = { batches: 5, points: 12, digest: "ab", issuedAt: 99 };

/** Five batches of three points, of which three points were sent twice; all is well. */
const ledger: DeliveryLedger = {
  applied: { batches: 5, points: 15 },
  repeated: { batches: 1, points: 3 },
  rejected: { batches: 0, points: 0 },
  rejectedBatches: [],
  damagedBatches: 0,
  storedPoints: 12,
  latePoints: 1,
  clients: [{ client: "worker", received: [{ from: 1, to: 5 }], lastAt: 50 }],
  lastAppliedAt: 50,
  lastLagMs: 40,
  longestLagMs: 90,
  certificate: null,
};
const finished = { runId: "r", status: "FINISHED" } as const;
const running = { runId: "r", status: "RUNNING" } as const;

describe("the state of a delivery", () => {
  it("deserves a certificate once the run has ended and all is stored", () => {
    for (const status of ["FINISHED", "FAILED", "KILLED"] as const) {
      const delivery = assessDelivery({ runId: "r", status }, ledger);
      expect(delivery).toMatchObject({ state: "in_progress", complete: null });
      expect(deservesCertificate(delivery)).toBe(true);
    }
    for (const status of ["RUNNING", "SCHEDULED"] as const) {
      const delivery = assessDelivery({ runId: "r", status }, { ...ledger, certificate });
      expect(delivery).toMatchObject({ state: "in_progress", complete: null });
      expect(deservesCertificate(delivery)).toBe(false);
    }
  });

  it("is complete with a certificate of just this state", () => {
    const delivery = assessDelivery(finished, { ...ledger, certificate });
    expect(delivery).toMatchObject({ state: "complete", complete: certificate });
    expect(deservesCertificate(delivery)).toBe(false);
    for (const older of [
      { ...certificate, points: 11 },
      { ...certificate, batches: 4 },
    ]) {
      const grown = assessDelivery(finished, { ...ledger, certificate: older });
      expect(grown).toMatchObject({ state: "in_progress", complete: null });
      expect(deservesCertificate(grown)).toBe(true);
    }
  });

  it.each([
    ["rejected", { rejected: { batches: 1, points: 0 } }],
    ["rejected", { damagedBatches: 1 }],
    ["gaps", { clients: [{ client: "worker", received: [{ from: 2, to: 5 }], lastAt: 50 }] }],
    ["uncounted", { storedPoints: 16 }],
  ] as const)("is %s whatever certificate there was: %j", (state, change) => {
    const delivery = assessDelivery(finished, { ...ledger, certificate, ...change });
    expect(delivery).toMatchObject({ state, complete: null });
    expect(deservesCertificate(delivery)).toBe(false);
  });
});

describe("the figures of a delivery", () => {
  it("add up", () => {
    const delivery = assessDelivery(running, { ...ledger, rejected: { batches: 2, points: 4 } });
    expect(delivery.accepted).toEqual({ batches: 8, points: 22 });
    expect(delivery.duplicatePoints).toBe(6);
    expect(delivery).toMatchObject({ storedPoints: 12, latePoints: 1, lastLagMs: 40, longestLagMs: 90 });
  });

  it("know of batches that are missing at the end, and of clients that never came", () => {
    const asked = [
      { client: "worker", sequence: 7 },
      { client: "silent", sequence: 2 },
    ];
    const delivery = assessDelivery(finished, { ...ledger, certificate }, asked);
    expect(delivery).toMatchObject({ state: "gaps", missingBatches: 4, clientCount: 2 });
    expect(delivery.clients).toEqual([
      {
        client: "silent",
        first: null,
        last: null,
        batches: 0,
        missing: 2,
        gaps: [{ from: 1, to: 2 }],
        gapCount: 1,
        lastAt: null,
      },
      {
        client: "worker",
        first: 1,
        last: 5,
        batches: 5,
        missing: 2,
        gaps: [{ from: 6, to: 7 }],
        gapCount: 1,
        lastAt: 50,
      },
    ]);
    expect(
      assessDelivery(finished, { ...ledger, certificate }, [{ client: "worker", sequence: 5 }]),
    ).toMatchObject({ state: "complete" });
  });

  it("name clients with gaps first, and not without end", () => {
    const clients = Array.from({ length: 150 }, (_, i) => ({
      client: `worker-${String(i).padStart(3, "0")}`,
      received: [{ from: i === 149 ? 3 : 1, to: 9 }],
      lastAt: i,
    }));
    const delivery = assessDelivery(running, { ...ledger, clients });
    expect(delivery).toMatchObject({ clientCount: 150, missingBatches: 2 });
    expect(delivery.clients).toHaveLength(100);
    expect(delivery.clients.slice(0, 2).map(({ client }) => client)).toEqual(["worker-149", "worker-000"]);
  });
});
