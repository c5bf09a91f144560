import { DomainError } from "@runweir/errors";
import type { SourceStretch } from "./incoming-segment.ts";
import type { AppliedPosition, Authors } from "./leader-terms.ts";
import type { LogStore, PartitionClaim } from "./log-store.ts";

/** What became of a transaction that moves a position; `stopped`: it is not ours to move any more. */
export type Moved = "applied" | "fenced" | "stopped";

/** Where a partition stands under a claim of ours, as far as we have heard. */
export interface ClaimedPosition extends AppliedPosition {
  /** The last transaction that failed may have been committed although its answer was lost. */
  readonly afterFailure: boolean;
  /** Moves with what `apply` does, in one transaction, tried again while the store is away. */
  move(
    next: number,
    isHeld: () => boolean,
    apply: (stretch: SourceStretch) => Promise<"applied" | "fenced">,
  ): Promise<Moved>;
  /** Moves with nothing but what is said of who wrote what lies before. */
  place(next: number, authors: Authors, isHeld: () => boolean): Promise<Moved>;
}

const longestBackoff = 5_000;

export function claimedPosition(
  claim: PartitionClaim,
  options: {
    readonly store: Pick<LogStore<never, never>, "place">;
    readonly source: string;
    readonly partition: number;
    readonly pause: (milliseconds: number) => Promise<void>;
    readonly onTrouble: (message: string, error: unknown) => void;
  },
): ClaimedPosition {
  const { store, source, partition } = options;
  let { epoch, nextOffset, leaders, agreedWith } = claim;
  let afterFailure = false;

  async function move(
    next: number,
    isHeld: () => boolean,
    apply: (stretch: SourceStretch) => Promise<"applied" | "fenced">,
  ): Promise<Moved> {
    for (let backoff = 50; ; backoff = Math.min(longestBackoff, backoff * 2)) {
      if (!isHeld()) return "stopped";
      try {
        const moved = await apply({ source, partition, epoch, offset: nextOffset, nextOffset: next });
        if (moved === "fenced") return moved;
        nextOffset = next;
        afterFailure = false;
        return moved;
      } catch (error) {
        if (!mayPass(error)) throw error;
        afterFailure = true;
        options.onTrouble(`Partition ${partition} waits for the database.`, error);
        await options.pause(backoff);
      }
    }
  }

  return {
    get nextOffset() {
      return nextOffset;
    },
    get leaders() {
      return leaders;
    },
    get agreedWith() {
      return agreedWith;
    },
    get afterFailure() {
      return afterFailure;
    },
    move,
    place: (next, authors, isHeld) =>
      move(next, isHeld, async (stretch) => {
        const placed = await store.place(stretch, authors);
        if (placed === undefined) return "fenced";
        epoch = placed;
        ({ leaders, agreedWith } = authors);
        return "applied";
      }),
  };
}

function mayPass(error: unknown): boolean {
  return error instanceof DomainError && (error.code === "unavailable" || error.code === "storage_full");
}
