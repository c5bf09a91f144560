import type { IncomingSegment, SegmentOutcome } from "@runweir/ingest-domain";
import { classifyFailure } from "@runweir/postgres";
import { type AppliedSegments, applySegments, type StatementRunner } from "./apply-segments.ts";
import { writeRefusal } from "./write-refusal.ts";

interface Waiting {
  readonly segment: IncomingSegment;
  resolve(outcome: SegmentOutcome): void;
  reject(error: unknown): void;
}

export interface LaneLimits {
  /** A transaction takes at most this many requests and bytes; a larger request goes alone. */
  readonly groupRequests: number;
  readonly groupBytes: number;
  /** How long a group is tried again while the database is away, before its requests are refused. */
  readonly retryMilliseconds: number;
}

/** Told of every commit; the lane waits for what it returns before it goes on. */
export type OnCommitted = (applied: Extract<AppliedSegments, { status: "applied" }>) => Promise<void> | void;

/**
 * Commits requests in groups: while one transaction runs, later requests wait and then go together. So a lone request
 * waits for nothing, and many cost one commit.
 */
export class CommitLane {
  readonly #client: StatementRunner;
  readonly #limits: LaneLimits;
  readonly #onCommitted: OnCommitted;
  readonly #clock: { now(): number };
  #queue: Waiting[] = [];
  #running: Promise<void> | undefined;
  #closing = false;

  constructor(
    client: StatementRunner,
    limits: LaneLimits,
    clock: { now(): number },
    onCommitted: OnCommitted,
  ) {
    this.#client = client;
    this.#limits = limits;
    this.#clock = clock;
    this.#onCommitted = onCommitted;
  }

  submit(segment: IncomingSegment): Promise<SegmentOutcome> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ segment, resolve, reject });
      // In a microtask, so that requests of the same tick share the first transaction.
      this.#running ??= Promise.resolve().then(() => this.#run());
    });
  }

  /** Resolves when everything submitted so far is committed or refused; retries stop. */
  async drain(): Promise<void> {
    this.#closing = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#queue.length > 0) {
      const group = this.#takeGroup();
      const deadline = this.#clock.now() + this.#limits.retryMilliseconds;
      await this.#commit(group, deadline);
    }
    this.#running = undefined;
  }

  #takeGroup(): Waiting[] {
    let bytes = 0;
    let count = 0;
    while (count < this.#queue.length && count < this.#limits.groupRequests) {
      bytes += (this.#queue[count] as Waiting).segment.body.length;
      if (count > 0 && bytes > this.#limits.groupBytes) break;
      count += 1;
    }
    return this.#queue.splice(0, count);
  }

  /** Never rejects: every request of the group gets its own answer. */
  async #commit(group: readonly Waiting[], deadline: number): Promise<void> {
    let wait = 20;
    for (;;) {
      let applied: AppliedSegments;
      try {
        applied = await applySegments(
          this.#client,
          group.map((waiting) => waiting.segment),
        );
      } catch (error) {
        const failure = classifyFailure(error);
        if (failure === "refused" && group.length > 1) {
          // One request is at fault: halves find it and let the innocent ones through.
          const middle = group.length >> 1;
          await this.#commit(group.slice(0, middle), deadline);
          await this.#commit(group.slice(middle), deadline);
          return;
        }
        if (failure !== "transient" || this.#closing || this.#clock.now() + wait > deadline) {
          for (const waiting of group) waiting.reject(writeRefusal(failure, error));
          return;
        }
        await new Promise((resolve) => setTimeout(resolve, wait));
        wait = Math.min(wait * 2, 1_000);
        continue;
      }
      return this.#answer(group, applied);
    }
  }

  async #answer(group: readonly Waiting[], applied: AppliedSegments): Promise<void> {
    if (applied.status === "fenced") throw new Error("a write without a position cannot be fenced");
    group.forEach((waiting, i) => {
      waiting.resolve(applied.outcomes[i] as SegmentOutcome);
    });
    await this.#onCommitted(applied);
  }
}
