import { createHash, hash } from "node:crypto";
import type { SeriesPoints } from "@runweir/ingest-domain";

export interface RunDigest {
  /** A series of the run; in any order, each once. Its points come ascending (step, timestamp, value), each once. */
  series(key: string): { add(points: SeriesPoints): void; end(): void };
  /** How many points were added so far. */
  readonly points: number;
  /** 64 hexadecimal digits. */
  finish(): string;
}

/**
 * The digest of a certificate. Per series SHA-256 over the metric's name in UTF-8, a zero byte, and each point as three
 * little-endian float64 (step, timestamp, value), with one NaN (0x7ff8000000000000) and no negative zero; then SHA-256
 * over those hashes, 32 bytes each, in ascending order. Names hold no zero byte, so the encoding is unambiguous.
 */
export function createRunDigest(): RunDigest {
  const hashes: Buffer[] = [];
  let points = 0;
  return {
    series(key) {
      const sum = createHash("sha256").update(`${key}\0`, "utf8");
      return {
        add(part) {
          points += part.values.length;
          sum.update(encodePoints(part));
        },
        end: () => hashes.push(sum.digest()),
      };
    },
    get points() {
      return points;
    },
    finish: () => hash("sha256", Buffer.concat(hashes.sort(Buffer.compare)), "hex"),
  };
}

function encodePoints({ steps, timestamps, values }: SeriesPoints): Uint8Array {
  const bytes = new Uint8Array(values.length * 24);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < values.length; i += 1) {
    view.setFloat64(i * 24, positiveZero(steps[i] as number), true);
    view.setFloat64(i * 24 + 8, positiveZero(timestamps[i] as number), true);
    const value = positiveZero(values[i] as number);
    if (Number.isNaN(value)) view.setUint32(i * 24 + 20, 0x7ff80000, true);
    else view.setFloat64(i * 24 + 16, value, true);
  }
  return bytes;
}

function positiveZero(value: number): number {
  return value === 0 ? 0 : value;
}
