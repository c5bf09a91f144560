import { DomainError } from "@runweir/errors";
import { expect, test } from "vitest";
import { fromSnapshotOrStore } from "./from-snapshot-or-store.ts";
import type { SnapshotPath } from "./snapshot-runs.ts";

interface Case {
  readonly alike?: boolean;
  readonly paysFrom?: number;
  readonly runsAtLeast?: number;
  readonly runs?: number;
  readonly current?: number | "none" | Error;
  readonly failure?: Error;
  readonly path?: false;
}

async function answer({
  alike = true,
  paysFrom = 20,
  runsAtLeast,
  runs = 30,
  current = 7,
  failure,
  path,
}: Case) {
  const troubles: unknown[] = [];
  const snapshots: SnapshotPath = {
    runs: {} as SnapshotPath["runs"],
    currency: {
      currentFor: async () => {
        if (current instanceof Error) throw current;
        return current === "none" ? undefined : current;
      },
    },
    runsAtLeast,
    onTrouble: (error) => troubles.push(error),
  };
  const answered = await fromSnapshotOrStore(
    { hasRuns: async (_workspace, _experimentIds, atLeast) => runs >= atLeast },
    path === false ? undefined : snapshots,
    {
      workspace: "default",
      experimentIds: ["1"],
      alike,
      paysFrom,
      fromSnapshot: async (_, snapshot) => {
        if (failure) throw failure;
        return `snapshot ${snapshot}`;
      },
      fromStore: async () => "store",
    },
  );
  return { answered, troubles };
}

test("a current snapshot answers", async () => {
  expect(await answer({})).toEqual({ answered: "snapshot 7", troubles: [] });
});

test("how many runs it takes may be told", async () => {
  expect(await answer({ runs: 3, runsAtLeast: 0 })).toEqual({ answered: "snapshot 7", troubles: [] });
  expect(await answer({ runs: 30, runsAtLeast: 31 })).toEqual({ answered: "store", troubles: [] });
});

test.each<Case>([
  { path: false },
  { alike: false },
  { paysFrom: Number.POSITIVE_INFINITY },
  { runs: 19 },
  { current: "none" },
])("the store answers, and it is no trouble: %j", async (one) => {
  expect(await answer(one)).toEqual({ answered: "store", troubles: [] });
});

test("whatever fails on the way to a snapshot, the store answers and the trouble is told", async () => {
  const gone = new DomainError("unavailable", "The warehouse does not answer.");
  expect(await answer({ failure: gone })).toEqual({ answered: "store", troubles: [gone] });
  expect(await answer({ current: gone })).toEqual({ answered: "store", troubles: [gone] });
});

test("of a wrong question the store tells", async () => {
  const wrong = new DomainError("invalid_argument", "Invalid page token");
  expect(await answer({ failure: wrong })).toEqual({ answered: "store", troubles: [] });
});
