import type { Socket } from "node:net";
import { Lane } from "./lane.ts";

export type Matcher = (chunk: Buffer) => boolean;
/** What a request becomes on its way, or undefined when it is not one that is meant. */
export type Forger = (chunk: Buffer) => Buffer | undefined;

/** What shall become of the answer to a request that matches. */
export interface Snare {
  readonly matches: Matcher;
  /** The answer is there and was not delivered; so the request was certainly carried out. */
  onAnswer(link: Link): void;
}

/** One client's connection through the proxy to the server. */
export class Link {
  readonly #client: Socket;
  readonly #server: Socket;
  readonly #up: Lane;
  readonly #down: Lane;
  #snared: Snare | undefined;

  constructor(
    client: Socket,
    server: Socket,
    options: {
      readonly delayMs: () => number;
      readonly snare: (request: Buffer) => Snare | undefined;
      readonly forge: Forger;
      onEnd(link: Link): void;
    },
  ) {
    this.#client = client;
    this.#server = server;
    this.#up = new Lane(client, server, options.delayMs, (chunk) => {
      this.#snared ??= options.snare(chunk);
      return options.forge(chunk) ?? chunk;
    });
    this.#down = new Lane(server, client, options.delayMs, (chunk) => {
      const snared = this.#snared;
      if (!snared) return chunk;
      this.#snared = undefined;
      this.#down.hold();
      snared.onAnswer(this);
      return chunk;
    });
    let open = 2;
    for (const socket of [client, server]) {
      socket.setNoDelay(true);
      // While a link is held, one side may be gone and the other still there to be reset.
      socket.once("close", () => {
        open -= 1;
        if (open === 0) options.onEnd(this);
      });
    }
    // One that has waited for the network was not read from meanwhile.
    client.resume();
  }

  hold(): void {
    this.#up.hold();
    this.#down.hold();
  }

  release(): void {
    this.#up.release();
    this.#down.release();
  }

  /** Ends the server's side alone; the client hears nothing of it. */
  forsake(): void {
    this.#up.drop();
    this.#down.drop();
    this.#server.destroy();
  }

  /** Ends both sides at once, as a reset, undelivered bytes and all. */
  reset(): void {
    this.#up.drop();
    this.#down.drop();
    this.#client.resetAndDestroy();
    this.#server.destroy();
  }
}
