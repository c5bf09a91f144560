"use client";

import { useQuery } from "@tanstack/react-query";
import { readFailure } from "../run/sql-failure.ts";

export interface SnapshotHead {
  readonly number: number;
  readonly createdAt: number;
  /** Until when it is known to be all that was logged. */
  readonly asOf: number;
}

interface HeadAnswer {
  readonly number: number;
  readonly created_at: string;
  readonly as_of: string;
}

/** The snapshots that can be read, the newest first; empty until there is one. */
export function useSnapshots() {
  return useQuery({
    queryKey: ["sql", "snapshots"],
    refetchInterval: 15_000,
    queryFn: async ({ signal }): Promise<readonly SnapshotHead[]> => {
      const answer = await fetch("/api/snapshots", { signal });
      if (!answer.ok) throw await readFailure(answer);
      const { snapshots } = (await answer.json()) as { snapshots: readonly HeadAnswer[] };
      return snapshots.map((head) => ({
        number: head.number,
        createdAt: Date.parse(head.created_at),
        asOf: Date.parse(head.as_of),
      }));
    },
  });
}
