import type { QueryLimits, ResultColumn } from "@runweir/analytics-domain";
import { tooManyBytes } from "./result-limits.ts";
import type { ResultSink } from "./run-statement.ts";

/** So much is held back: a result that ends before, or fails, is answered as a whole, with a status that says so. */
const heldBytesMax = 1_048_576;

export interface HeldOutput {
  /** Of all that was written. */
  readonly bytes: number;
  /** Settles when there is room for more. Rejects when the limit of bytes is passed. */
  write(piece: Uint8Array): Promise<void>;
  /** From now on everything goes out at once. */
  release(): Promise<void>;
}

export function holdOutput(
  sink: ResultSink,
  columns: readonly ResultColumn[],
  limits: QueryLimits,
): HeldOutput {
  let held: Uint8Array[] | undefined = [];
  let bytes = 0;
  const release = async () => {
    if (held === undefined) return;
    const pieces = held;
    held = undefined;
    sink.header(columns);
    for (const piece of pieces) await sink.write(piece);
  };
  return {
    get bytes() {
      return bytes;
    },
    async write(piece) {
      if (piece.byteLength === 0) return;
      bytes += piece.byteLength;
      if (bytes > limits.bytes) throw tooManyBytes(limits);
      if (held === undefined) return sink.write(piece);
      held.push(piece);
      if (bytes >= heldBytesMax) await release();
    },
    release,
  };
}
