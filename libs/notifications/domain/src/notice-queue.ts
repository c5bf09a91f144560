import type { Notice } from "./notice.ts";

export interface ClaimedNotice extends Notice {
  readonly noticeId: number;
  /** Including the one that begins now. */
  readonly attempts: number;
  /** Whether it was asked for by itself, and not in the e-mail of the day. */
  readonly isAlone: boolean;
}

/** What is waiting to be told, for any number of processes. */
export interface NoticeQueue {
  /** All that is due for some people, for this process alone as long as the lease lasts. */
  claim(
    now: number,
    asked: { readonly people: number; readonly leaseMs: number },
  ): Promise<readonly ClaimedNotice[]>;
  nextTime(): Promise<number | undefined>;
  /** Told, or not to be told any more. */
  forget(noticeIds: readonly number[]): Promise<void>;
  postpone(noticeIds: readonly number[], nextTime: number): Promise<void>;
}
