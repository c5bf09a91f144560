import { RecentlyUsed } from "./recently-used.ts";

interface Bucket {
  tokens: number;
  at: number;
}

/** Unused time adds up to this many seconds' worth. */
const burstSeconds = 10;
const bucketsKept = 10_000;

/**
 * Token buckets by name. A bucket that is not empty admits a request of any size and may be overdrawn by it, so a request
 * larger than the bucket is never stuck; the next one waits until the debt is paid.
 */
export class TokenBuckets {
  readonly #perSecond: number;
  readonly #buckets = new RecentlyUsed<Bucket>({ weightMax: bucketsKept, weightOf: () => 1 });

  constructor(perSecond: number) {
    this.#perSecond = perSecond;
  }

  /** Whole seconds until the bucket admits again; 0 when it does now. */
  secondsToWait(name: string, now: number): number {
    const { tokens } = this.#bucket(name, now);
    return tokens > 0 ? 0 : Math.floor(-tokens / this.#perSecond) + 1;
  }

  take(name: string, tokens: number, now: number): void {
    this.#bucket(name, now).tokens -= tokens;
  }

  #bucket(name: string, now: number): Bucket {
    const full = this.#perSecond * burstSeconds;
    const bucket = this.#buckets.use(name, () => ({ tokens: full, at: now }));
    // A clock that was set back gives nothing.
    const elapsed = Math.max(0, now - bucket.at) / 1_000;
    bucket.tokens = Math.min(full, bucket.tokens + elapsed * this.#perSecond);
    bucket.at = now;
    return bucket;
  }
}
