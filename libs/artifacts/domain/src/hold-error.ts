import type { Readable } from "node:stream";

/**
 * Call before the first `await` of whatever will read `body` later. A source may break before its reader has got to it; the
 * stream keeps its error for the reader, but Node ends the process when nobody listens at that moment.
 */
export function holdError(body: Readable): void {
  body.on("error", () => {});
}
