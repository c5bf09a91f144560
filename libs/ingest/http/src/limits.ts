import { formatLimits } from "@runweir/ingest-formats";

const mebibyte = 2 ** 20;

/** Bounds of the door. All bytes are counted after decompression. */
export const limits = {
  ...formatLimits,
  /** Of everything that is being read or waits for its acknowledgement, over all requests. */
  openBytes: 64 * mebibyte,
  /** Above this, streams wait before they read their next batch; single requests may still come. */
  pausingBytes: 32 * mebibyte,
  /** What an open request counts for at least, so that the number of open requests is bounded too. */
  requestBytes: 32 * 1024,
  /** How long a body may pause while it is waited for. */
  idleMs: 60_000,
  jsonBytes: 16 * mebibyte,
  ndjsonRuns: 10_000,
  /** Of one stream, read and not yet acknowledged. */
  arrowUnacknowledgedBytes: 8 * mebibyte,
  /** No metric data shrinks to less than this share, once more than `ratioFreeBytes` came of it. */
  compressionRatio: 250,
  ratioFreeBytes: 4 * mebibyte,
  /** Memory that a zstd frame may ask for: all levels up to 19 need no more. */
  zstdWindowLog: 23,
} as const;

export type Limits = { readonly [Name in keyof typeof limits]: number };
