import { setImmediate as nextTurn } from "node:timers/promises";
import type { DuckDBDataChunk } from "@duckdb/node-api";

/** There with `--expose-gc`. */
declare const gc: ((options: { readonly type: "minor" }) => void) | undefined;

/** Of values, wherever they lie. */
const keptMax = 1_048_576;
let kept = 0;

/**
 * The Node API frees a chunk when JavaScript collects what stands for it, which it hardly ever has a reason to: these are
 * small, and what they hold is not counted.
 */
export async function collectGarbage({ rowCount, columnCount }: DuckDBDataChunk): Promise<void> {
  kept += rowCount * columnCount;
  if (kept < keptMax) return;
  kept = 0;
  gc?.({ type: "minor" });
  // Finalizers have a turn of their own.
  await nextTurn();
}
