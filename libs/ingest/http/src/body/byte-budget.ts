import { DomainError } from "@runweir/errors";
import type { ReadLease } from "@runweir/ingest-formats";

/** What is held may be what the waiting streams themselves need to go on, so they do not wait for ever. */
const longestPauseMs = 1_000;

/** The part of a budget that one request holds. */
export interface ByteLease extends ReadLease {
  /** Gives back whatever is still held. */
  end(): void;
}

/** Bounds the bytes that all requests of the door together hold. */
export class ByteBudget {
  readonly #limits: {
    readonly openBytes: number;
    readonly pausingBytes: number;
    readonly requestBytes: number;
  };
  #used = 0;
  #waiting: (() => void)[] = [];

  constructor(options: {
    readonly openBytes: number;
    readonly pausingBytes: number;
    readonly requestBytes: number;
  }) {
    this.#limits = options;
  }

  get used(): number {
    return this.#used;
  }

  /** Opens the lease of a request, or throws `resource_exhausted`. */
  open(): ByteLease {
    let held = 0;
    const change = (bytes: number) => {
      held += bytes;
      this.#used += bytes;
      if (bytes < 0) this.#wake();
    };
    const lease: ByteLease = {
      take: (bytes) => {
        if (this.#used + bytes > this.#limits.openBytes)
          throw new DomainError("resource_exhausted", "Too many metrics are being received. Please retry.", {
            retryAfterSeconds: 1,
          });
        change(bytes);
      },
      give: (bytes) => change(-bytes),
      whenRelaxed: () => this.#whenRelaxed(),
      end: () => change(-held),
    };
    lease.take(this.#limits.requestBytes);
    return lease;
  }

  #whenRelaxed(): Promise<void> {
    if (this.#used <= this.#limits.pausingBytes) return Promise.resolve();
    return new Promise((resolve) => {
      const goOn = () => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(goOn, longestPauseMs);
      this.#waiting.push(goOn);
    });
  }

  #wake(): void {
    if (this.#used > this.#limits.pausingBytes || this.#waiting.length === 0) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}
