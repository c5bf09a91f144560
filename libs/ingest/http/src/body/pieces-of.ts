import type { Readable } from "node:stream";
import { malformedBody } from "@runweir/ingest-formats";

/** Ends a wait in which nothing arrives. */
export interface Patience {
  readonly idleMs: number;
  /** How many bytes have arrived so far: of a compressed stream, some that have given nothing yet. */
  received(): number;
}

/**
 * What a stream holds, piece by piece. Unlike the stream's own iterator this one does not destroy the stream when it is left early, and
 * an abort ends it while it waits, and so does a sender that stops.
 */
export async function* piecesOf(
  stream: Readable,
  signal: AbortSignal,
  patience: Patience,
): AsyncGenerator<Buffer, void, undefined> {
  let wake = () => {};
  let failure: { readonly error: unknown } | undefined;
  const onEvent = () => wake();
  const onError = (error: unknown) => {
    failure = { error };
    wake();
  };
  stream.on("readable", onEvent).on("end", onEvent).on("close", onEvent).on("error", onError);
  signal.addEventListener("abort", onEvent);
  try {
    for (;;) {
      signal.throwIfAborted();
      if (failure) throw failure.error;
      const piece = stream.read() as Buffer | null;
      if (piece !== null) yield piece;
      else if (stream.readableEnded) return;
      else if (stream.destroyed) throw stream.errored ?? malformedBody("it ended before it was complete");
      else
        await withPatience(patience, (resolve) => {
          wake = resolve;
        });
    }
  } finally {
    signal.removeEventListener("abort", onEvent);
    stream.off("readable", onEvent).off("end", onEvent).off("close", onEvent).off("error", onError);
  }
}

async function withPatience(
  { idleMs, received }: Patience,
  wait: (resolve: () => void) => void,
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      const watch = (seen: number) => {
        timer = setTimeout(() => {
          const now = received();
          if (now === seen) reject(stoppedSending(idleMs));
          else watch(now);
        }, idleMs);
      };
      watch(received());
      wait(resolve);
    });
  } finally {
    clearTimeout(timer);
  }
}

/** The server's fallback answers errors that carry a status of their own with that. */
function stoppedSending(idleMs: number): Error {
  const seconds = idleMs / 1_000;
  const message = `Nothing came for ${seconds} s, so the request ends here. What was acknowledged is in; send the rest in another one.`;
  return Object.assign(new Error(message), { statusCode: 408 });
}
