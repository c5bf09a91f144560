import type { RunPoints, RunReceipt } from "@runweir/ingest-domain";
import type { ByteLease } from "./body/byte-budget.ts";
import type { Limits } from "./limits.ts";

/** One request of the door, whatever form its points have. */
export interface PointsRequest {
  /** The body, decompressed. */
  readonly pieces: AsyncGenerator<Buffer, void, undefined>;
  readonly lease: ByteLease;
  readonly limits: Limits;
  append(runs: readonly RunPoints[]): Promise<readonly RunReceipt[]>;
  /** Ends a read of the body that is under way. */
  stopReading(): void;
}
