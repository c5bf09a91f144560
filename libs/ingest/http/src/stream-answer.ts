import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";

/** How long a reader may take none of its answer, and how long the rest of a request is received after the answer's end. */
const patienceMs = 60_000;
const lingerMs = 10_000;

/**
 * Lines as an answer that is sent while the request is still being received. A reader that stops reading loses its
 * connection. After the answer's end what still comes of the request is thrown away for a while, since closing the
 * connection at once could take the end of the answer along.
 */
export function streamAnswer(
  lines: AsyncGenerator<string, void, undefined>,
  { raw, answer }: { readonly raw: IncomingMessage; readonly answer: ServerResponse },
): Readable {
  answer.once("finish", () => {
    if (raw.complete) return;
    const timer = setTimeout(() => raw.destroy(), lingerMs);
    const stop = () => clearTimeout(timer);
    raw.once("close", stop).once("end", stop).resume();
  });
  return Readable.from(
    withPatience(lines, () => answer.destroy()),
    { objectMode: false },
  );
}

async function* withPatience(
  lines: AsyncGenerator<string, void, undefined>,
  giveUp: () => void,
): AsyncGenerator<string, void, undefined> {
  for await (const line of lines) {
    const timer = setTimeout(giveUp, patienceMs);
    try {
      yield line;
    } finally {
      clearTimeout(timer);
    }
  }
}
