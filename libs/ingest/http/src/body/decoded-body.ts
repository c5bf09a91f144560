import type { IncomingMessage } from "node:http";
import type { Transform } from "node:stream";
import { constants, createGunzip, createZstdDecompress } from "node:zlib";
import { malformedBody, refused, tooLarge } from "@runweir/ingest-formats";
import type { Limits } from "../limits.ts";
import { piecesOf } from "./pieces-of.ts";

/**
 * The body as it was before compression, piece by piece, as fast as it is asked for. What grows out of proportion is refused with
 * `payload_too_large` before it takes memory. The connection outlives an early end, so that it can be answered. Aborting ends
 * it with the reason given.
 */
export async function* decodedBody(
  raw: IncomingMessage,
  limits: Limits,
  signal: AbortSignal,
): AsyncGenerator<Buffer, void, undefined> {
  const encoding = raw.headers["content-encoding"]?.trim().toLowerCase() || "identity";
  const patience = { idleMs: limits.idleMs, received: () => raw.socket.bytesRead };
  if (encoding === "identity") {
    yield* piecesOf(raw, signal, patience);
    return;
  }
  const decoder = createDecoder(encoding, limits);
  const fail = () => {
    if (!raw.complete) decoder.destroy(malformedBody("it ended before it was complete"));
  };
  raw.once("close", fail).pipe(decoder);
  let decoded = 0;
  try {
    for await (const piece of piecesOf(decoder, signal, patience)) {
      decoded += piece.length;
      const received = decoder.bytesWritten;
      if (decoded > limits.ratioFreeBytes && decoded > received * limits.compressionRatio)
        throw tooLarge(
          `A body of ${received} bytes of ${encoding} data (at most ${limits.compressionRatio} times as many when decompressed)`,
          Math.max(limits.ratioFreeBytes, received * limits.compressionRatio),
        );
      yield piece;
    }
  } catch (error) {
    throw isZlibError(error)
      ? malformedBody(`it is not whole ${encoding} data (${error.message})`, error)
      : error;
  } finally {
    raw.off("close", fail).unpipe(decoder);
    decoder.on("error", () => {}).destroy();
  }
}

type Decoder = Transform & { readonly bytesWritten: number };

function createDecoder(encoding: string, limits: Limits): Decoder {
  if (encoding === "gzip" || encoding === "x-gzip") return createGunzip();
  if (encoding === "zstd")
    return createZstdDecompress({ params: { [constants.ZSTD_d_windowLogMax]: limits.zstdWindowLog } });
  throw refused("Content-Encoding", "must be gzip, zstd or identity", encoding);
}

function isZlibError(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && "code" in error && /^(Z_|ZSTD_|ERR_)/.test(String(error.code));
}
