import type { Socket } from "node:net";

const waitingBytesMax = 4 * 2 ** 20;

/** One direction of a connection: hands bytes on in order, late or not at all, and the end behind them. */
export class Lane {
  readonly #from: Socket;
  readonly #to: Socket;
  readonly #delayMs: () => number;
  #waiting: { readonly bytes: Buffer; readonly due: number }[] = [];
  #waitingBytes = 0;
  #lastDue = 0;
  #held = false;
  #ended = false;
  #timer: NodeJS.Timeout | undefined;

  /** `pass` sees every chunk, and says what is handed on in its place. */
  constructor(from: Socket, to: Socket, delayMs: () => number, pass: (chunk: Buffer) => Buffer) {
    this.#from = from;
    this.#to = to;
    this.#delayMs = delayMs;
    from.on("data", (chunk: Buffer) => {
      this.#take(pass(chunk));
    });
    from.on("close", () => {
      this.#ended = true;
      this.#deliver();
    });
    from.on("error", () => {});
    to.on("drain", () => this.#deliver());
  }

  hold(): void {
    this.#held = true;
  }

  release(): void {
    this.#held = false;
    this.#deliver();
    this.#from.resume();
  }

  drop(): void {
    clearTimeout(this.#timer);
    this.#waiting = [];
    this.#held = true;
  }

  #take(bytes: Buffer): void {
    // Jitter must not turn the order round.
    this.#lastDue = Math.max(this.#lastDue, performance.now() + this.#delayMs());
    this.#waiting.push({ bytes, due: this.#lastDue });
    this.#waitingBytes += bytes.length;
    if (this.#waitingBytes > waitingBytesMax) this.#from.pause();
    this.#deliver();
  }

  #deliver(): void {
    if (this.#held) return;
    clearTimeout(this.#timer);
    while (this.#waiting.length > 0) {
      const [first] = this.#waiting as [{ readonly bytes: Buffer; readonly due: number }];
      const early = first.due - performance.now();
      if (early > 0) {
        this.#timer = setTimeout(() => this.#deliver(), early);
        return;
      }
      if (this.#to.writableNeedDrain) return;
      this.#waiting.shift();
      this.#waitingBytes -= first.bytes.length;
      this.#to.write(first.bytes);
    }
    if (this.#ended) this.#to.destroySoon();
    else if (this.#from.isPaused()) this.#from.resume();
  }
}
