import type { Readable } from "node:stream";
import { malformedBody } from "@runweir/ingest-formats";

/**
 * What a stream holds, piece by piece. Unlike the stream's own iterator this one does not destroy the stream when it is left early, and
 * an abort ends it while it waits.
 */
export async function* piecesOf(
  stream: Readable,
  signal: AbortSignal,
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
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  } finally {
    signal.removeEventListener("abort", onEvent);
    stream.off("readable", onEvent).off("end", onEvent).off("close", onEvent).off("error", onError);
  }
}
