import { DomainError } from "@runweir/errors";
import type { SnapshotCatalog, SnapshotFolder } from "@runweir/snapshot-domain";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createHeldSnapshots } from "./held-snapshots.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A catalog of one snapshot that writes down what is asked of its leases. */
function createPlace() {
  const asked: string[] = [];
  let number = 0;
  let ended = false;
  let leftToGiveUp = 0;
  const snapshot = {
    seq: 7,
    manifestPath: "m",
    manifestSha256: "s",
    publishedAt: new Date(),
    asOf: new Date(),
  };
  const catalog: Partial<SnapshotCatalog> = {
    findCurrent: async () => snapshot,
    async lease() {
      number += 1;
      asked.push(`lease ${number}`);
      if (leftToGiveUp-- > 0) throw new DomainError("not_found", "There is no snapshot 7, or no longer.");
      return { ...snapshot, leaseId: String(number) };
    },
    async renew(leaseId) {
      asked.push(`renew ${leaseId}`);
      if (ended) throw new DomainError("not_found", "The lease of the snapshot has ended.");
    },
    release: async (leaseId) => void asked.push(`release ${leaseId}`),
  };
  const folder: Partial<SnapshotFolder> = {
    readManifest: async () => ({ files: [] }) as never,
    hold: async () => () => asked.push("files let go"),
  };
  const held = createHeldSnapshots({
    catalog: catalog as SnapshotCatalog,
    holder: "test",
    folderOf: () => folder as SnapshotFolder,
    onDamage() {},
    onTrouble() {},
  });
  return {
    held,
    asked,
    /** The next so many leases come too late: the snapshot has been given up. */
    giveUp(times: number) {
      leftToGiveUp = times;
    },
    endLeases(over: boolean) {
      ended = over;
    },
  };
}

test("readers share a lease, which is renewed while they read and given back a while after the last", async () => {
  const { held, asked } = createPlace();
  const [one, two] = await Promise.all([held.hold("default", undefined), held.hold("default", 7)]);
  expect(asked).toEqual(["lease 1"]);
  await vi.advanceTimersByTimeAsync(250_000);
  expect(asked.splice(0)).toEqual(["lease 1", "renew 1", "renew 1"]);
  one.letGo();
  one.letGo();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked.splice(0)).toEqual([]);
  two.letGo();
  await vi.advanceTimersByTimeAsync(5_000);
  const three = await held.hold("default", undefined);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked.splice(0)).toEqual(["renew 1"]);
  three.letGo();
  await vi.advanceTimersByTimeAsync(11_000);
  expect(asked.splice(0)).toEqual(["files let go", "release 1"]);
  await vi.advanceTimersByTimeAsync(500_000);
  expect(asked).toEqual([]);
});

test("while the current snapshot is given up before it is held, the current one is asked for anew; a number is not", async () => {
  const { held, asked, giveUp } = createPlace();
  giveUp(3);
  (await held.hold("default", undefined)).letGo();
  expect(asked).toEqual(["lease 1", "lease 2", "lease 3", "lease 4"]);
  await held.close();
  giveUp(1);
  await expect(held.hold("default", 7)).rejects.toMatchObject({ code: "not_found" });
  giveUp(1_000);
  await expect(held.hold("default", undefined)).rejects.toMatchObject({ code: "not_found" });
});

test("a lease that has run out is replaced for the next reader", async () => {
  const { held, asked, endLeases } = createPlace();
  const one = await held.hold("default", undefined);
  endLeases(true);
  await vi.advanceTimersByTimeAsync(121_000);
  endLeases(false);
  const two = await held.hold("default", undefined);
  expect(asked.filter((text) => text.startsWith("lease"))).toEqual(["lease 1", "lease 2"]);
  one.letGo();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(asked).not.toContain("release 2");
  two.letGo();
  await held.close();
  expect(asked).toContain("release 2");
});
