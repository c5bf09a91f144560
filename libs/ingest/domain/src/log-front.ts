import { DomainError } from "@runweir/errors";
import type { GroupAppender } from "./group-appender.ts";
import type {
  AppendReceipt,
  AppendRequest,
  LogPosition,
  LogTransport,
  SenderPosition,
} from "./log-transport.ts";
import type { ReadBarrier } from "./read-barrier.ts";
import { createRunStages } from "./run-stages.ts";
import { encodeSegment } from "./segment.ts";
import type { AppliedState } from "./segment-store.ts";
import { shardOf } from "./shard-of.ts";

/** A segment on its way into a log. */
export interface OutgoingSegment {
  readonly workspace: string;
  readonly runId: string;
  readonly partition: number;
  readonly body: Uint8Array;
  readonly sender?: SenderPosition | undefined;
  readonly traceparent?: string | undefined;
}

export interface LogFrontOptions {
  readonly appender: GroupAppender<OutgoingSegment>;
  readonly barrier: ReadBarrier;
  readonly state: Pick<AppliedState, "runStages">;
  readonly clock: { now(): number };
  /** Rejects with `unavailable` when the work takes longer, whatever it waits for. */
  readonly within: <T>(milliseconds: number, work: Promise<T>) => Promise<T>;
  /** Longest time until an append is answered. */
  readonly appendMs: number;
  /** Longest time that a read waits; the barrier knows it too. */
  readonly readMs: number;
  /** Encoded bytes that may wait for their acknowledgement, before requests are turned away. */
  readonly queueBytes: number;
  /** The trace that the present request belongs to, in the form of the W3C header. */
  readonly traceparent?: (() => string | undefined) | undefined;
  readonly onAppended?: ((seconds: number) => void) | undefined;
  readonly onBarrier?: ((seconds: number) => void) | undefined;
}

/** The way in for points through a log: answers when the log has them, or when they are applied too. */
export function createLogFront(options: LogFrontOptions): LogTransport & { readonly queuedBytes: number } {
  const { appender, barrier, clock, within, appendMs, queueBytes } = options;
  const stagesOf = createRunStages(options.state);
  let queued = 0;
  let closed = false;

  async function appendPoints({ workspace, runId, points, sender }: AppendRequest): Promise<LogPosition> {
    const body = encodeSegment(runId, points);
    if (queued > 0 && queued + body.length > queueBytes)
      throw new DomainError("resource_exhausted", "Too many metrics wait for the log. Please retry.", {
        reason: "queue",
        retryAfterSeconds: 1,
      });
    const partition = shardOf(runId);
    const traceparent = options.traceparent?.();
    queued += body.length;
    try {
      const message = { workspace, runId, partition, body, sender, traceparent };
      return { partition, offset: await appender.append(message, body.length) };
    } finally {
      queued -= body.length;
    }
  }

  return {
    get queuedBytes() {
      return queued;
    },

    async append(request): Promise<AppendReceipt> {
      if (closed) throw new DomainError("unavailable", "The server is stopping.", { retryAfterSeconds: 1 });
      const deadline = clock.now() + appendMs;
      const stage = await within(appendMs, stagesOf(request));
      if (stage === undefined) return { status: "run_not_found" };
      if (stage === "deleted") return { status: "run_deleted" };
      const applied = request.acknowledgement === "applied";
      const partition = shardOf(request.runId);
      const heard = applied && barrier.leaderOf(partition);
      const leader = heard ? await within(deadline - clock.now(), heard) : undefined;
      const began = clock.now();
      const position = await within(deadline - began, appendPoints(request));
      options.onAppended?.((clock.now() - began) / 1_000);
      if (applied) await barrier.awaitRecord(position, leader);
      return { status: "accepted", applied, position };
    },

    async awaitApplied(runIds) {
      if (runIds.length === 0) return;
      const began = clock.now();
      const partitions = runIds === "all" ? "all" : new Set(runIds.map(shardOf));
      // The barrier's own deadline comes first where both sides answer; this one holds where one of them does not.
      await within(options.readMs + 1_000, barrier.awaitPartitions(partitions));
      options.onBarrier?.((clock.now() - began) / 1_000);
    },

    async close() {
      closed = true;
      await appender.close();
    },
  };
}
